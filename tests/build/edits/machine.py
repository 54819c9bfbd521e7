"""Any edits in any order, and things that happen in between: Hypothesis makes them up, and shrinks what fails."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.build.edits.beginning import plain, themed
from tests.build.edits.changes import BROKEN, EDITS
from tests.build.edits.damage import DAMAGES, SPOILS, unharmed
from tests.build.edits.sides import MANNERS, Sides

if TYPE_CHECKING:
    from tests.build.edits.damage import Damage
    from tests.build.edits.edit import Edit

__all__ = ["BEGINNINGS", "Edited"]

BEGINNINGS = {"plain": plain, "with a theme and plugins": themed}
EDIT = st.sampled_from(sorted(EDITS)).flatmap(lambda kind: st.sampled_from(EDITS[kind]))
SAVED = st.sampled_from(MANNERS)


class Edited(RuleBasedStateMachine):
    """A blog that is edited and built in turn. Each build is compared with a clean one."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="edits-"))
        self.sides: Sides
        self.blog = plain()
        self.past = [self.blog]  # what could be built, newest last

    def teardown(self) -> None:
        """Called by Hypothesis when the last step is done, or has failed."""
        self.sides.__exit__()
        shutil.rmtree(self.folder)

    def _build(self, saved: str = MANNERS[0]) -> None:
        """Builds. An author who has broken something goes back to what was whole, and builds that next."""
        self.sides.save(self.blog, saved)
        outcome = self.sides.build(self.blog)
        assert unharmed(self.folder), "the build has written through a link that led out of its output"
        if outcome.error:
            self.blog = self.past[-1]
        else:
            self.past.append(self.blog)

    @initialize(beginning=st.sampled_from(sorted(BEGINNINGS)), standing=st.booleans())
    def begin(self, beginning: str, standing: bool) -> None:
        """The first build."""
        self.sides = Sides(self.folder, standing=standing)
        self.blog = BEGINNINGS[beginning]()
        self.past = [self.blog]
        self._build()

    @rule(edit=EDIT, saved=SAVED)
    def edit(self, edit: Edit, saved: str) -> None:
        """One edit between two builds."""
        self.blog = edit.change(self.blog)
        self._build(saved)

    @rule(edits=st.lists(EDIT, min_size=2, max_size=5), saved=SAVED)
    def edit_much(self, edits: list[Edit], saved: str) -> None:
        """Several edits between two builds."""
        for edit in edits:
            self.blog = edit.change(self.blog)
        self._build(saved)

    @rule(edit=st.sampled_from(BROKEN), saved=SAVED)
    def break_and_mend(self, edit: Edit, saved: str) -> None:
        """A build that fails, and one after it."""
        whole, self.blog = self.blog, edit.change(self.blog)
        self._build(saved)
        self.blog = whole
        self._build(saved)

    @rule(builds=st.integers(1, 6), saved=SAVED)
    def go_back(self, builds: int, saved: str) -> None:
        """To the very blog that was built so many builds ago."""
        self.blog = self.past[-min(builds + 1, len(self.past))]
        self._build(saved)

    @rule()
    def build_again(self) -> None:
        """Nothing is another."""
        self._build()

    @rule()
    def restart(self) -> None:
        """The next build is another program's."""
        self.sides.restart()

    @rule()
    def preview(self) -> None:
        """As `serve` builds it: with drafts, to another place, and with the same cache."""
        self.sides.build(self.blog, drafts=True, output="shown")

    @rule(damage=st.sampled_from(DAMAGES), edits=st.lists(EDIT, max_size=1))
    def damage_output(self, damage: Damage, edits: list[Edit]) -> None:
        """Somebody else changes the output."""
        damage.do(self.sides.output)
        for edit in edits:
            self.blog = edit.change(self.blog)
        self._build()

    @rule(spoil=st.sampled_from(SPOILS))
    def spoil(self, spoil: Damage) -> None:
        """Somebody else changes what builds keep for themselves."""
        self.sides.restart()
        spoil.do(self.sides.root)
        self._build()
