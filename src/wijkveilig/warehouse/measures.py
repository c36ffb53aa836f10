"""What the figures of the warehouse mean: the register of measures with their Dutch name and unit."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

REGISTERED_CRIME = "registered_crime"
_FILE = Path(__file__).parent / "data" / "measures.yaml"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its name in code, the Dutch name, and its unit ('count', 'percent', 'per_km2' ...)."""

    measure: str
    said: str
    unit: str

    @property
    def adds_up(self) -> bool:
        """Whether the figure of a district is the sum of those of its neighbourhoods."""
        return self.unit == "count"

    @property
    def adds_up_in_time(self) -> bool:
        """Whether the figure of a year is the sum of those of its months: residents of two years are no residents."""
        return self.measure == REGISTERED_CRIME


@functools.cache
def measures() -> tuple[Measure, ...]:
    """All measures, in the order of the register."""
    held = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(Measure(**entry) for entry in held)


def measure_named(name: str) -> Measure:
    """One measure; an unknown name raises KeyError."""
    found = next((measure for measure in measures() if measure.measure == name), None)
    if found is None:
        raise KeyError(f"no measure '{name}' in {_FILE.name}")
    return found
