"""What the preview remembers of its builds."""

from __future__ import annotations

from alcatraz.serve.history import BUILDS, PATHS, History


def test_changes_add_up() -> None:
    """Who missed several builds hears of all that they changed; who missed none, of nothing."""
    history = History()
    for name in "abc":
        history.add(frozenset({name, "index"}))
    assert history.since(3) == frozenset()
    assert history.since(2) == frozenset({"c", "index"})
    assert history.since(0) == frozenset({"a", "b", "c", "index"})


def test_a_build_of_which_nothing_is_known_hides_those_before() -> None:
    """What changed since then is known again."""
    history = History()
    history.add(frozenset({"a"}))
    history.add(None)
    history.add(frozenset({"b"}))
    assert history.since(2) == frozenset({"b"})
    assert history.since(1) is None
    assert history.since(0) is None


def test_a_build_that_is_not_of_this_run() -> None:
    """Nobody knows what changed since a build that there has not been."""
    assert History().since(1) is None
    assert History().since(-1) is None


def test_the_memory_has_an_end() -> None:
    """However long a preview runs, it remembers so many paths and builds; what was before is not known."""
    history = History()
    for build in range(4):
        history.add(frozenset(f"{build}-{number}" for number in range(PATHS // 3)))
    assert len(history.since(1) or ()) == PATHS // 3 * 3
    assert history.since(0) is None
    history.add(frozenset(map(str, range(PATHS + 1))))
    assert history.since(5) == frozenset()
    assert history.since(4) is None
    for _ in range(BUILDS + 1):
        history.add(frozenset())
    assert history.since(6) == frozenset()
    assert history.since(5) is None
