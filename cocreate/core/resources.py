"""Where templates, static files and migrations lie: beside the package, or inside the installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def resource(name: str) -> Path:
    """The folder of that name, in a checkout or in an installed wheel."""
    bundled = PACKAGE / "_bundle" / name
    return bundled if bundled.is_dir() else PACKAGE.parent / name
