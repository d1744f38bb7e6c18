"""A pretend practice to look around in: plainly invented people, reserved numbers, a fixed seed."""
