"""What was agreed for the moment when somebody is missing, at hand in their row."""
