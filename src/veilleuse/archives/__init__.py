"""Exported conversations in, events out."""
