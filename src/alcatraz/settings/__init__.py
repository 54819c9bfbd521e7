"""A blog's settings: read, held to what they may say, and what follows from them."""

from alcatraz.settings.addresses import address_fault, base_path, from_root, index_path
from alcatraz.settings.own import find
from alcatraz.settings.places import place_of_setting
from alcatraz.settings.reading import read
from alcatraz.settings.rules import is_ours

__all__ = ["address_fault", "base_path", "find", "from_root", "index_path", "is_ours", "place_of_setting", "read"]
