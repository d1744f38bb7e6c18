"""What goes out, what comes in, whom to call."""
