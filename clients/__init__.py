"""Clients, their contacts and guardians, cases, consent, mandates and barriers."""
