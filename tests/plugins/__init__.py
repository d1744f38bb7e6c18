"""What the whole suite stands on: engines, processes, a browser."""
