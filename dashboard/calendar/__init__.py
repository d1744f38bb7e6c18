"""Booking, moving and calling off."""
