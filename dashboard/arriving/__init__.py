"""Bringing in what another system exported."""
