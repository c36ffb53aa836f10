"""Specifications that tests draw, and a reader for the SVG that comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

from wijkveilig.ui import charts
from wijkveilig.ui.charts import (
    AreaState,
    Band,
    BlocksSpec,
    Break,
    CaterpillarSpec,
    Classes,
    DotRow,
    DotsSpec,
    LocatorSpec,
    MapArea,
    MapLabel,
    MapSpec,
    SeriesSpec,
    SparkSpec,
    Standing,
    YearsSpec,
)

SVG = "{http://www.w3.org/2000/svg}"
JANUARY_2023 = 2023 * 12
NASTY = "Buurt <script>alert(\"1\")</script> & 'co'"


def parsed(svg: str) -> ET.Element:
    """The drawing as XML; a ParseError here is a drawing that no viewer opens."""
    return ET.fromstring(svg)  # noqa: S314 - our own text


def texts(svg: str) -> list[str]:
    """Every written word, the halo copies not counted."""
    return [node.text or "" for node in parsed(svg).iter(f"{SVG}text") if node.get("aria-hidden") != "true"]


def circles(svg: str) -> list[tuple[float, float]]:
    """Centres of the dots."""
    return [(float(node.get("cx", "")), float(node.get("cy", ""))) for node in parsed(svg).iter(f"{SVG}circle")]


def path_points(data: str) -> list[tuple[float, float]]:
    """The points of a path made of M and L, or of M and l (steps from point to point)."""
    points: list[tuple[float, float]] = []
    for command, body in re.findall(r"([MLl])([^MLlZ]*)", data):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", body)]
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            before = points[-1] if command == "l" else (0.0, 0.0)
            points.append((before[0] + x, before[1] + y))
    return points


def paths(svg: str, css: str) -> list[list[tuple[float, float]]]:
    """The points of every path whose class holds `css`."""
    return [
        path_points(node.get("d", ""))
        for node in parsed(svg).iter(f"{SVG}path")
        if css in (node.get("class") or "").split()
    ]


def square(x: float, y: float, side: float = 1000) -> tuple[tuple[float, float], ...]:
    """A square of `side` metres with its lower left corner at (x, y)."""
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def town(across: int = 3, down: int = 2, name: str = "Buurt") -> tuple[MapArea, ...]:
    """Squares in rows, the left column in one district and the rest in another."""
    return tuple(
        MapArea(
            code=f"BU{column}{row}",
            name=f"{name} {column}{row}",
            rings=(square(column * 1000, row * 1000),),
            value=float(column + row),
            href=f"/beeld/gebied/BU{column}{row}/",
            group="WK1" if column == 0 else "WK2",
        )
        for row in range(down)
        for column in range(across)
    )


SERIES = SeriesSpec(
    key="reeks",
    title="Inbraken in de Zeilmakersbuurt",
    desc="Som van vier maanden",
    first=JANUARY_2023,
    values=(1, 1, 0, 2, 1, 1, 0, 0, None, 0, 1, 9),
    band=Band(JANUARY_2023 + 6, (1,) * 6, (0,) * 6, (3,) * 6),
    events=(0, 1, 0, 1, 0, 0, 0, 0, None, 0, 0, 3),
    breaks=(Break(JANUARY_2023 + 3, "april 2023: andere telling"),),
)
ROWS = (
    DotRow("Woninginbraak", 4.3, 2.6, 6.4, 2.4, Standing.HIGHER),
    DotRow("Geweld", 4.7, 3.3, 6.5, 5.2),
    DotRow("Fietsdiefstal", 3.4, 2.3, 4.8, 6.3, Standing.LOWER),
    DotRow("Drugshandel", None),
)
MAP = MapSpec(
    key="kaart",
    title="Woninginbraak per buurt",
    areas=town(),
    classes=Classes((1.0, 2.0, 3.0)),
    labels=(MapLabel("Oude Haven", ("BU00", "BU01"), "2,4"),),
    legend="per 1.000 woningen",
    selected=frozenset({"BU11"}),
)
SPECS: tuple[tuple[Callable[..., str], object], ...] = (
    (charts.series, SERIES),
    (charts.sparkline, SparkSpec("klein", "Verloop", JANUARY_2023, SERIES.values, band=SERIES.band)),
    (charts.dots, DotsSpec("stippen", "Naast gelijke buurten", ROWS)),
    (charts.dots, DotsSpec("maal", "Naast gelijke buurten, in verhouding", ROWS, relative=True)),
    (charts.caterpillar, CaterpillarSpec("rups", "Alle buurten", ROWS, 2.9, "stad 2,9")),
    (charts.years, YearsSpec("jaren", "De stad", ((2023, 171), (2024, None), (2025, 154)))),
    (
        charts.years,
        YearsSpec("maanden", "De stad", ((2023, 30), (2024, 24)), first=JANUARY_2023, months=tuple(range(24))),
    ),
    (charts.blocks, BlocksSpec("blokjes", "Inbraken", JANUARY_2023, SERIES.events or (), since=JANUARY_2023 + 11)),
    (charts.choropleth, MAP),
    (charts.locator, LocatorSpec("waar", "Waar", town(), frozenset({"BU11"}))),
)


def nasty(spec: object) -> object:
    """The same specification with names that try to break out."""
    match spec:
        case DotsSpec() | CaterpillarSpec():
            return replace(spec, title=NASTY, rows=tuple(replace(row, label=NASTY, href=NASTY) for row in spec.rows))
        case MapSpec() | LocatorSpec():
            areas = tuple(replace(area, name=NASTY, text=NASTY, href=NASTY) for area in spec.areas)
            return replace(spec, title=NASTY, areas=areas, labels=(MapLabel(NASTY, ("BU00",)),))
        case SeriesSpec():
            return replace(spec, title=NASTY, last_label=(NASTY,), breaks=(Break(JANUARY_2023 + 3, NASTY),))
        case _:
            return replace(spec, title=NASTY)  # type: ignore[type-var]  # all specifications are dataclasses


def attributes(svg: str) -> Iterator[tuple[str, str]]:
    """Every attribute of every element."""
    for node in parsed(svg).iter():
        yield from node.attrib.items()


WITHHELD = (AreaState.TOO_FEW, AreaState.WITHHELD, AreaState.MISSING)
