"""The team."""
