"""A practice is set up from nothing, in seven short steps."""
