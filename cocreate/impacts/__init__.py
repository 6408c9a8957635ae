"""Desired impacts and the stances people take on them."""
