"""What a chart is asked to draw: one frozen specification per kind, texts already in the reader's words.

Shared by all: `key` is unique on the page ([a-z0-9-], it becomes part of ids), `title` is the
sentence that the chart shows, `desc` tells a listener what is drawn (both become <title>/<desc>),
`width` and `height` are CSS pixels at which 12.5 px text is drawn, so a phone gets its own, narrower
drawing (`width=NARROW`) instead of a shrunken one. None (or NaN) is a missing figure, never nought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

WIDE = 872
"""Width of a chart in the main column at 1440 px."""
PAPER = 658
"""Width of an A4 page inside its margins of 18 mm."""
NARROW = 326
"""Width of a chart inside a card on a phone of 390 px."""

Figures = Sequence[float | None]
Ring = Sequence[Sequence[float]]
"""A closed line of (x, y) or (lon, lat) points; a numpy array of shape (n, 2) will do."""


class Standing(StrEnum):
    """How surely an interval lies beside what it is compared with."""

    HIGHER = "higher"
    LOWER = "lower"
    USUAL = "usual"


class AreaState(StrEnum):
    """Why an area of a map has a colour or not."""

    VALUE = "value"
    TOO_FEW = "too_few"
    WITHHELD = "withheld"
    MISSING = "missing"


class Palette(StrEnum):
    """Light to dark for levels; green, grey, purple against an expectation."""

    SEQUENTIAL = "sequential"
    DIVERGING = "diverging"


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a chart adds by itself; `ui.chart_words.chart_words()` gives them translated."""

    language: str = "nl"
    higher: str = "zeker hoger"
    lower: str = "zeker lager"
    expected: str = "te verwachten: {value}"
    margin: str = "marge (95 %): {low} tot {high}"
    block: str = "elk blokje is er één"
    incomplete: str = "nog onvolledig"
    too_few: str = "te weinig om te zeggen"
    withheld: str = "door de bron achtergehouden"
    missing: str = "geen gegevens"
    empty: str = "Er zijn geen cijfers om te tekenen."
    half: str = "de helft"
    same: str = "gelijk"
    double: str = "het dubbele"


DUTCH = Words()


@dataclass(frozen=True, slots=True)
class Band:
    """What was to be expected from month `first` on: median and 95 % limits, one of each per month."""

    first: int
    value: Figures
    low: Figures
    high: Figures


@dataclass(frozen=True, slots=True)
class Break:
    """A month from which counting changed, with the words that stand beside its dotted line."""

    month: int
    words: str


@dataclass(frozen=True, slots=True)
class SeriesSpec:
    """Months in a row, with what was to be expected and what fell outside it.

    `values[i]` belongs to month `first + i`. `events` (same length) are single counts drawn as blocks
    under the line, for rare types whose line is a moving sum; those from month `since` on are orange
    (None: those of the months above the band). `incomplete_from` is the first month that is likely
    incomplete. `last_label` stands at the last dot, in at most two lines. `call` says whether the series
    as a whole is out of line: one month in twenty lies outside its limits by chance, and only a series
    that is out of line may ask for attention, so without it those months are dark instead of orange.
    """

    key: str
    title: str
    first: int
    values: Figures
    desc: str = ""
    band: Band | None = None
    breaks: tuple[Break, ...] = ()
    events: Figures | None = None
    since: int | None = None
    incomplete_from: int | None = None
    call: bool = True
    last_label: tuple[str, ...] = ()
    band_label: tuple[str, ...] = ()
    decimals: int = 0
    width: float = WIDE
    height: float | None = None
    words: Words = DUTCH


@dataclass(frozen=True, slots=True)
class SparkSpec:
    """The small series beside a line of the attention list; no axes, the last figure written."""

    key: str
    title: str
    first: int
    values: Figures
    desc: str = ""
    band: Band | None = None
    last_text: str | None = None
    decimals: int = 0
    width: float = 236
    height: float = 62
    words: Words = DUTCH


@dataclass(frozen=True, slots=True)
class DotRow:
    """One level with its 95 % interval beside a comparison; `note` stands right of the whisker."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    comparison: float | None = None
    standing: Standing = Standing.USUAL
    note: str = ""
    href: str = ""
    selected: bool = False


@dataclass(frozen=True, slots=True)
class DotsSpec:
    """Themes of one area beside their comparison (tick), each with its own one.

    With `relative` the axis is the ratio to the comparison (half, same, double; logarithmic), so that
    frequent and rare themes can stand in one chart; rows without comparison then say so.
    """

    key: str
    title: str
    rows: tuple[DotRow, ...]
    desc: str = ""
    relative: bool = False
    width: float = WIDE
    words: Words = DUTCH


@dataclass(frozen=True, slots=True)
class CaterpillarSpec:
    """Areas in order of level with their intervals, and the city as one line; row.comparison is not used."""

    key: str
    title: str
    rows: tuple[DotRow, ...]
    city: float | None
    city_label: str = ""
    desc: str = ""
    width: float = WIDE
    words: Words = DUTCH


@dataclass(frozen=True, slots=True)
class WhiskerSpec:
    """A dot and whisker for a table cell, on an axis 0..`maximum` that all rows of the table share."""

    value: float | None
    low: float | None
    high: float | None
    maximum: float
    comparison: float | None = None
    standing: Standing = Standing.USUAL
    title: str = ""
    width: float = 126
    height: float = 26


@dataclass(frozen=True, slots=True)
class YearsSpec:
    """Whole years: a thin line per month, a thick mean per year, and each year's total in figures.

    `totals` are (year, total or None); `months` starts at January of the first year or at `first`.
    Without `months` the totals themselves are drawn, with `intervals` (low, high) as whiskers.
    """

    key: str
    title: str
    totals: tuple[tuple[int, float | None], ...]
    desc: str = ""
    first: int | None = None
    months: Figures = ()
    intervals: tuple[tuple[float, float] | None, ...] = ()
    decimals: int = 0
    width: float = NARROW
    height: float = 176
    words: Words = DUTCH


@dataclass(frozen=True, slots=True)
class BlocksSpec:
    """One block per event on a line of months; from `since` on they are orange."""

    key: str
    title: str
    first: int
    events: Figures
    desc: str = ""
    since: int | None = None
    width: float = WIDE
    words: Words = DUTCH


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area of a map; `text` is what a pointer or a listener hears ('Oude Haven: 5,3 per 1.000').

    `group` is the district it belongs to: lines between groups are ink, inside a group white.
    """

    code: str
    name: str
    rings: Sequence[Ring]
    value: float | None = None
    state: AreaState = AreaState.VALUE
    text: str = ""
    href: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name on the map with an optional figure under it, placed inside the areas of `codes`.

    It is left out where it is much wider than those areas, unless it `must` stand.
    """

    text: str
    codes: tuple[str, ...]
    figure: str = ""
    must: bool = False


@dataclass(frozen=True, slots=True)
class Classes:
    """Class limits, rising; n limits make n + 1 classes. `names` (n + 1) replace the figures."""

    limits: tuple[float, ...]
    palette: Palette = Palette.SEQUENTIAL
    names: tuple[str, ...] = ()
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class MapSpec:
    """A choropleth. Coordinates are metres (x east, y north) or, with `degrees`, lon/lat.

    `labels` are drawn in order of importance and left out where they would cover another.
    """

    key: str
    title: str
    areas: tuple[MapArea, ...]
    classes: Classes
    desc: str = ""
    labels: tuple[MapLabel, ...] = ()
    water: Sequence[Sequence[Ring]] = ()
    selected: frozenset[str] = frozenset()
    legend: str = ""
    degrees: bool = False
    width: float = WIDE
    max_height: float = 640
    words: Words = DUTCH


@dataclass(frozen=True, slots=True)
class LocatorSpec:
    """Where one area (or several) lies: its neighbours in grey, itself outlined."""

    key: str
    title: str
    areas: tuple[MapArea, ...]
    selected: frozenset[str]
    desc: str = ""
    water: Sequence[Sequence[Ring]] = ()
    degrees: bool = False
    width: float = 368
    height: float = 180
    zoom: float = 2.6
    """How many times the selected area's size is shown; at most the whole city."""
    labels: tuple[MapLabel, ...] = field(default=())
