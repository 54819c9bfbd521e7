"""The tasks of this repository: those of every blog, and those for working on the engine."""

from alcatraz.tasks import development, namespace

ns = namespace(development)
