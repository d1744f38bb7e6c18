"""People who sign in, the practice, its places and policies, the audit trail and the view log."""
