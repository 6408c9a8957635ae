"""Workshops: agenda, steps, stage, console, screen."""
