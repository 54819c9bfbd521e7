"""How results are shown."""

from __future__ import annotations

import pytest
from lxml import etree

from bench.speed.page import between
from bench.speed.plots import bars, curves
from bench.speed.results import Curve, Row, spread
from bench.speed.tables import of_curves, of_rows, shown

ROWS = [
    Row("a first build", {"Ours": [0.5, 9.0, 0.4], "Hugo": [1.0, 1.0, 1.0], "Pelican": [10.0]}),
    Row("memory", {"Ours": [150.0]}, "MB"),
]


def test_a_table_has_medians_and_ratios() -> None:
    """One run that was disturbed does not count; what was not measured is empty; columns line up."""
    assert (
        of_rows(ROWS, "Ours", ["Hugo", "Pelican"])
        == """\
|                  | Ours | Hugo | ÷ Hugo | Pelican | ÷ Pelican |
|------------------|-----:|-----:|-------:|--------:|----------:|
| a first build, s | 0.50 | 1.00 |   0.50 |    10.0 |      0.05 |
| memory, MB       |  150 |      |        |         |           |
"""
    )


def test_it_is_told_how_far_runs_are_apart() -> None:
    """As a share of the median, and of all that was measured the one in the middle."""
    rows = [Row("a", {"Ours": [9.0, 10.0, 12.0], "Hugo": [1.0, 1.0, 1.1]}), Row("b", {"Ours": [1.0, 2.0, 3.0], "Hugo": []})]
    assert spread(rows) == pytest.approx(0.3)


def test_a_curve_has_a_row_for_each_number_of_posts() -> None:
    """In the order in which they were measured."""
    table = of_curves([Curve("a first build", {100: ROWS[0], 10_000: ROWS[0]})], "Ours", ["Hugo"])
    assert [line.split("|")[2].strip() for line in table.splitlines()[2:]] == ["100", "10,000"]


@pytest.mark.parametrize(("value", "text"), [(0.034, "0.03"), (9.876, "9.88"), (50.71, "50.7"), (1653.2, "1,653")])
def test_values_have_no_more_digits_than_they_are_worth(value: float, text: str) -> None:
    """Hundredths below ten, then tenths, then none."""
    assert shown(value) == text


def test_drawings_say_what_they_show() -> None:
    """Each is well-formed, and has every generator's name, every value and every number of posts as text."""
    drawn = etree.fromstring(bars(ROWS, ["Ours", "Hugo", "Pelican"], "A title").encode())
    texts = {"".join(element.itertext()) for element in drawn}
    assert {"A title", "a first build, s", "Ours", "Hugo", "Pelican", "0.50", "10.0", "150"} <= texts
    drawn = etree.fromstring(curves([Curve("a first build", {100: ROWS[0], 10_000: ROWS[0]})], ["Ours", "Hugo"], "A title").encode())
    texts = {"".join(element.itertext()) for element in drawn}
    assert {"A title", "Ours", "Hugo", "100", "10,000", "0.1", "1"} <= texts


def test_results_go_between_their_marks() -> None:
    """The rest of the page stays; a page without the marks is not written."""
    page = "Before\n<!-- table: written by … -->\nold\n<!-- end of table -->\nAfter\n"
    assert between(page, "table", "new") == "Before\n<!-- table: written by … -->\n\nnew\n\n<!-- end of table -->\nAfter\n"
    with pytest.raises(ValueError, match="curve"):
        between(page, "curve", "new")
