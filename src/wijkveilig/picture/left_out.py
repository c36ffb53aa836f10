"""Why a file that was read is not in a picture, in one true Dutch sentence."""

from __future__ import annotations

import numpy as np

from wijkveilig.picture.counting import MONTH, YEAR
from wijkveilig.picture.indicators import Unit
from wijkveilig.picture.town import Town
from wijkveilig.warehouse.reading import Observations, Reading
from wijkveilig.warehouse.types import AreaCode, Level, Period, level_of

CRIME = "registered_crime"


def why_unused(reading: Reading, code: AreaCode, period: Period | None, town: Town | None) -> str:
    """Why a reading is not used. `period` is what was asked for; `town` is None where no picture could be made."""
    rows = reading.observations
    if not len(rows) and not len(reading.areas):
        return f"Dit bestand bevat niets over {code}."
    if (rows.measure == CRIME).any():
        return _why_not_counted(rows.where(rows.measure == CRIME), period, town)
    if town is None:
        return "Zonder misdrijven per buurt is er geen beeld om dit bestand bij te gebruiken."
    if not np.isin(rows.measure.astype("U32"), [unit.value for unit in Unit]).any():
        return "Dit beeld gebruikt niets van wat dit bestand bevat."
    if reading.batch.first_month is None:
        return "Dit bestand zegt niet van welk jaar de cijfers zijn; een ander bestand zegt dat wel."
    return "Dit beeld haalt zijn noemers uit een ander bestand of een ander jaar, dat beter bij de periode past."


def _why_not_counted(crime: Observations, period: Period | None, town: Town | None) -> str:
    """Why counts make no part of the picture: their level, their step, their period, or another source goes first."""
    small = np.array([level_of(area) is Level.NEIGHBOURHOOD for area in crime.area.tolist()], dtype=bool)
    if not small.any():
        return "Dit bestand telt misdrijven wel, maar niet per buurt."
    crime = crime.where(small)
    steps = sorted(set(crime.months.tolist()))
    usable = np.isin(crime.months, (MONTH, YEAR))
    if not usable.any():
        return f"Dit bestand telt per {_step(steps[0])}; een beeld rust op cijfers per maand of per jaar."
    if period is not None:
        first = int(crime.first[usable].min())
        last = int((crime.first + crime.months)[usable].max()) - 1
        if period.first < first or period.last > last:
            return f"Dit bestand telt niet over {period}."
        if MONTH not in steps and period.months % YEAR:
            return f"Dit bestand telt per jaar; daar is {period} niet uit te halen."
    if town is not None and town.step not in steps:
        return f"Dit bestand telt per {_step(steps[0])}; dit beeld rust op cijfers per {_step(town.step)}."
    return "Dit beeld rust op de misdrijven van een ander bestand, dat later reikt, verder teruggaat of meer telt."


def _step(months: int) -> str:
    return {MONTH: "maand", 3: "kwartaal", YEAR: "jaar"}.get(months, f"{months} maanden")
