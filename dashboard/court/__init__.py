"""A court's order: what it says, when reports are due, and what may be said to the court."""
