"""Alcatraz: a Pelican blog, built sealed."""

__version__ = "0.1.0"
