"""Proof by killing: workers die and freeze at every step, the engines fail, and every text arrives once."""
