"""Spanish, as it is written in the Americas."""
