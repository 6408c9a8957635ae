"""Import formats for trajectories."""
