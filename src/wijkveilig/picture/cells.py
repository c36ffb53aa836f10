"""Figures as cells of a table and marks of a chart: one place that decides how a figure is shown."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from wijkveilig.picture.facts import Against, Figure, Reason
from wijkveilig.picture.wording import language, number
from wijkveilig.ui.charts import AreaState, DotRow, Standing, WhiskerSpec, whisker_cell
from wijkveilig.ui.numbers import rate_decimals, signed_percent
from wijkveilig.warehouse.types import Status

NOTHING = "–"
"""What a cell shows where there is nothing to say; the reason stands elsewhere in the row or below the table."""
WIDE_CELL, NARROW_CELL = 126, 84
"""Widths of a whisker in a table, in pixels: alone on the page, and beside a map."""

_STANDINGS = {Against.HIGHER: Standing.HIGHER, Against.LOWER: Standing.LOWER}


def standing(figure: Figure) -> Standing:
    """Whether the interval of the level lies beside the city's level."""
    return _STANDINGS.get(figure.against, Standing.USUAL) if figure.against else Standing.USUAL


def count(figure: Figure | None) -> str:
    """The count, or in one word why there is none."""
    if figure is None:
        return _("ontbreekt")
    if figure.status is Status.WITHHELD:
        return _("afgeschermd")
    return _("ontbreekt") if figure.value is None else number(figure.value)


def per_thousand(value: float, figure: Figure) -> str:
    """A rate with the decimals that the city's level deserves, so that all of one indicator and period line up."""
    return number(value, rate_decimals(figure.city or figure.level or value))


def level(figure: Figure | None) -> str:
    """The best estimate per 1,000, or a dash."""
    return NOTHING if figure is None or figure.level is None else per_thousand(figure.level, figure)


def observed(figure: Figure | None) -> str:
    """What was counted per 1,000, before it is drawn to the city's mean; or a dash."""
    return NOTHING if figure is None or figure.rate is None else per_thousand(figure.rate, figure)


def margin(figure: Figure | None) -> str:
    """'3,4 tot 7,9': the 95 % interval of the level, or a dash."""
    if figure is None or figure.low is None or figure.high is None:
        return NOTHING
    return _("%(low)s tot %(high)s") % {
        "low": per_thousand(figure.low, figure),
        "high": per_thousand(figure.high, figure),
    }


def level_with_margin(figure: Figure | None) -> str:
    """'5,3 (3,4 tot 7,9)': the best estimate with its 95 % interval, or a dash."""
    if figure is None or figure.level is None:
        return NOTHING
    return _("%(level)s (%(margin)s)") % {"level": level(figure), "margin": margin(figure)}


def expected(figure: Figure | None) -> str:
    """'3 (0 tot 7)': what was to be expected with its 95 % interval, in counts; or a dash."""
    if figure is None or figure.expected is None:
        return NOTHING
    guess = figure.expected
    words = {"value": number(guess.value), "low": number(guess.low), "high": number(guess.high)}
    return _("%(value)s (%(low)s tot %(high)s)") % words


def trend(figure: Figure) -> str:
    """'−12 % (−20 % tot −3 %)': the change a year with its 95 % interval, or a dash."""
    if figure.trend is None:
        return NOTHING
    parts = (figure.trend.change, figure.trend.low, figure.trend.high)
    change, low, high = (signed_percent(part, 0, language()) for part in parts)
    return _("%(change)s (%(low)s tot %(high)s)") % {"change": change, "low": low, "high": high}


def maximum(figures: Iterable[Figure | None]) -> float:
    """The end of the axis that all whiskers of one table share."""
    return max((figure.high for figure in figures if figure is not None and figure.high is not None), default=1.0)


def whisker(figure: Figure | None, end: float, comparison: float | None, width: float = WIDE_CELL) -> str:
    """A dot and whisker for a cell; '' where there is no level."""
    if figure is None or figure.level is None:
        return ""
    title = _("%(level)s, marge %(margin)s") % {"level": level(figure), "margin": margin(figure)}
    return whisker_cell(
        WhiskerSpec(
            value=figure.level, low=figure.low, high=figure.high, maximum=end,
            comparison=comparison, standing=standing(figure), title=title, width=width,
        )
    )  # fmt: skip


def dot_row(label: str, figure: Figure, *, note: str = "", href: str = "", selected: bool = False) -> DotRow:
    """One line of a chart of levels, beside the city."""
    return DotRow(
        label=label, value=figure.level, low=figure.low, high=figure.high, comparison=figure.city,
        standing=standing(figure), note=note, href=href, selected=selected,
    )  # fmt: skip


def state(figure: Figure | None) -> AreaState:
    """How an area is drawn on the map: coloured, hatched or with a dotted outline."""
    if figure is None or figure.status is Status.MISSING:
        return AreaState.MISSING
    if figure.status is Status.WITHHELD:
        return AreaState.WITHHELD
    if figure.level is not None:
        return AreaState.VALUE
    few = figure.reason in {Reason.BELOW_MINIMUM, None}
    return AreaState.TOO_FEW if few else AreaState.MISSING
