"""Meaningful moments."""
