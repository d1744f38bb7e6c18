"""Protocols, follow-ups, their steps and the attempts to reach someone."""
