"""The environment that a blog runs in: what its lock says."""
