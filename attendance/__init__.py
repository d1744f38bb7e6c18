"""What was seen of each participant at each session."""
