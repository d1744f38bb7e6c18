"""Tags of the clients' pages."""
