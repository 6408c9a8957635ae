"""Trajectories: the winding road, as nodes and edges."""
