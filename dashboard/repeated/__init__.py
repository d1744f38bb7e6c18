"""When somebody has missed several times: the picture, the talk, what is agreed, and the review."""
