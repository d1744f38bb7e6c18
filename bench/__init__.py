"""Measures the program beside the bare work that it cannot avoid."""
