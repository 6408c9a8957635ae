"""Indicators: how people would notice."""
