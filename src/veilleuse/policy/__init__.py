"""Rules that turn signals into decisions."""
