"""The database backend of Kept: Django's own for PostgreSQL, which asks less where it asks nothing (`base`)."""
