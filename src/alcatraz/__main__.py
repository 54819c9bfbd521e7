"""`python -m alcatraz`."""

from alcatraz.cli import main

main()
