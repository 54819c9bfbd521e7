"""Publishing: what is in git, built as it is at this moment (run.py, git.py), brought to where readers are (targets.py)."""

from __future__ import annotations

from alcatraz.publish.run import Outcome, publish
from alcatraz.publish.targets import Target, find_target

__all__ = ["Outcome", "Target", "find_target", "publish"]
