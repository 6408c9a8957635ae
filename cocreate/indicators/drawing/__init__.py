"""Pictures of what was answered."""
