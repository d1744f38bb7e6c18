"""How each language writes days and numbers, beside what Django knows."""
