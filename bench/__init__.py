"""Measurements, each a command that prints ratios."""
