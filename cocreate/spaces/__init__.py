"""Spaces: voices, memberships, permissions, visibility, vocabulary, openings."""
