"""Check-ins between sessions: agreed on, made, answered."""
