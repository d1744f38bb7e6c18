"""People and cases."""
