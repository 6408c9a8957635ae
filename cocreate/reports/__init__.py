"""Reports: the library, the front page of a space."""
