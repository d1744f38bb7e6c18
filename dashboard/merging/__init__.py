"""Two records of one client become one, and are parted again."""
