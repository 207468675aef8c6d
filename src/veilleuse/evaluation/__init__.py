"""Measures: how fast, for now; later also what is seen, what is wrongly seen, and how early."""
