"""Locations, services, availability, series, sessions, participants and occupancy."""
