"""The theme. A package, so that the wheel can carry it as `alcatraz.theme`: poetry-core takes no folder without a module."""
