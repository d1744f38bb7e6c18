"""The staff pages; composes the apps and has no models."""
