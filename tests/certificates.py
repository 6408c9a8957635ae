"""Certificates for this machine alone."""

import subprocess
from pathlib import Path

NAME = "hall.example"  # only a browser that is told so finds it


def make_certificate(folder: Path, name: str = "hall") -> tuple[Path, Path]:
    """A certificate that vouches for itself, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}-key.pem"
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:{NAME}"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", *kind, *subject, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    return certificate, key
