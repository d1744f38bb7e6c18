"""A clinician's day."""
