"""The clients' signed-link pages; public, tiny, without models."""
