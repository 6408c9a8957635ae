"""Core: what every feature stands on."""
