"""Live: server-sent events over the change log."""
