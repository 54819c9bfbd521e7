"""The golden site: a small blog that has everything, and what it should come out as."""
