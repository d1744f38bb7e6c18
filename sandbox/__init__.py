"""The pretend provider, phone and mailbox; shares no code with the rest."""
