"""Detectors: one small file each."""
