"""How the practice works."""
