"""What happens after somebody is missing."""
