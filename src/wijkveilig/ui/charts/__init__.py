"""Charts and maps: one specification in, one SVG text out, the same on screen, on paper and in a PDF.

Pure functions without Django or templates. Colours stand in attributes, classes only serve the dark
theme on a screen; text is text; every drawing has a title and a description. Each kind draws
something sensible for no data, one point, noughts, gaps and huge figures.
"""

from wijkveilig.ui.charts.blocks import blocks
from wijkveilig.ui.charts.caterpillar import caterpillar
from wijkveilig.ui.charts.choropleth import choropleth
from wijkveilig.ui.charts.dots import dots, whisker_cell
from wijkveilig.ui.charts.locator import locator
from wijkveilig.ui.charts.palette import round_limits
from wijkveilig.ui.charts.series import series
from wijkveilig.ui.charts.sparkline import sparkline
from wijkveilig.ui.charts.spec import (
    DUTCH,
    NARROW,
    PAPER,
    WIDE,
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
    Palette,
    SeriesSpec,
    SparkSpec,
    Standing,
    WhiskerSpec,
    Words,
    YearsSpec,
)
from wijkveilig.ui.charts.years import years

__all__ = [
    "DUTCH",
    "NARROW",
    "PAPER",
    "WIDE",
    "AreaState",
    "Band",
    "BlocksSpec",
    "Break",
    "CaterpillarSpec",
    "Classes",
    "DotRow",
    "DotsSpec",
    "LocatorSpec",
    "MapArea",
    "MapLabel",
    "MapSpec",
    "Palette",
    "SeriesSpec",
    "SparkSpec",
    "Standing",
    "WhiskerSpec",
    "Words",
    "YearsSpec",
    "blocks",
    "caterpillar",
    "choropleth",
    "dots",
    "locator",
    "round_limits",
    "series",
    "sparkline",
    "whisker_cell",
    "years",
]
