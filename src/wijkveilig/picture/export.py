"""A picture as files that others read: picture.json and picture.csv. The same picture gives the same bytes.

Digits: counts are whole; rates and levels per 1,000, expected counts and denominators have 4 decimals; a yearly
change has 6 (0.05 = 5 %).
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from wijkveilig.picture import sentences
from wijkveilig.picture.facts import AreaFacts, Attention, Figure, LeftOut, Origin, Picture
from wijkveilig.picture.indicators import register

DECIMALS = 4
CHANGE_DECIMALS = 6
Json = dict[str, Any]  # what json.dumps takes has no narrower type

CSV_COLUMNS = (
    "area", "area_name", "level", "indicator", "source_codes", "period", "value", "status", "reason",
    "denominator", "denominator_unit", "denominator_year", "unit", "rate", "level_rate", "low", "high",
    "rank", "rank_low", "rank_high", "rank_of", "change", "change_low", "change_high",
    "expected", "expected_low", "expected_high", "out_of_line", "note",
)  # fmt: skip


def picture_json(picture: Picture) -> str:
    """The text of picture.json, with a line end at its end. Sentences are in the active language."""
    return json.dumps(as_json(picture), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_json(picture: Picture) -> Json:
    """The picture as plain objects; null where there is nothing to say."""
    return {
        "area": picture.area,
        "period": str(picture.period),
        "made_from": [_origin(origin) for origin in picture.made_from],
        "left_out": [_left_out(file) for file in picture.left_out],
        "areas": [_area(area) for area in picture.areas],
        "attention": [_attention(line) for line in picture.attention],
    }


def no_picture_json(area: str, period: str | None, left_out: tuple[LeftOut, ...]) -> str:
    """The same shape where no picture could be made: no areas, and every file with the reason."""
    nothing: Json = {
        "area": area,
        "period": period,
        "made_from": [],
        "left_out": [_left_out(file) for file in left_out],
        "areas": [],
        "attention": [],
    }
    return json.dumps(nothing, ensure_ascii=False, indent=1) + "\n"


def _origin(origin: Origin) -> Json:
    return {
        "file": origin.file,
        "source": origin.source,
        "title": origin.title,
        "publisher": origin.publisher,
        "licence": origin.licence,
        "batch": origin.batch,
        "fetched_on": origin.fetched_on,
        "division": origin.division,
        "notes": list(origin.notes),
    }


def _left_out(file: LeftOut) -> Json:
    return {"file": file.file, "reason": file.reason}


def _area(area: AreaFacts) -> Json:
    return {
        "code": area.code,
        "name": area.name,
        "level": area.level.value,
        "note": None if area.note is None else str(area.note),
        "indicators": [_figure(figure) for figure in area.figures],
    }


def _figure(figure: Figure) -> Json:
    place, trend, expected = figure.place, figure.trend, figure.expected
    return {
        "id": figure.indicator,
        "source_codes": list(figure.source_codes),
        "period": str(figure.period),
        "value": figure.value,
        "status": figure.status.value,
        "reason": sentences.reason(figure),
        "denominator": _rounded(figure.denominator),
        "denominator_unit": figure.denominator_unit.value if figure.denominator_unit else None,
        "denominator_year": figure.denominator_year,
        "unit": sentences.unit(figure),
        "rate": _rounded(figure.rate),
        "level": _rounded(figure.level),
        "low": _rounded(figure.low),
        "high": _rounded(figure.high),
        "place": place and {"rank": place.rank, "low": place.low, "high": place.high, "of": place.of},
        "trend": trend
        and {
            "change": _rounded(trend.change, CHANGE_DECIMALS),
            "low": _rounded(trend.low, CHANGE_DECIMALS),
            "high": _rounded(trend.high, CHANGE_DECIMALS),
        },
        "expected": expected
        and {
            "value": _rounded(expected.value),
            "low": _rounded(expected.low),
            "high": _rounded(expected.high),
            "out_of_line": expected.out_of_line,
        },
    }


def _attention(line: Attention) -> Json:
    return {
        "area": line.area,
        "theme": register().theme(line.theme).name.nl,
        "indicator": line.indicator,
        "period": str(line.period),
        "sentence": sentences.attention_sentence(line),
    }


def _rounded(value: float | None, decimals: int = DECIMALS) -> float | int | None:
    """A number with the stated digits; a whole number without a point, minus zero as zero."""
    if value is None:
        return None
    short = round(value, decimals) + 0.0
    return int(short) if short.is_integer() else short


def picture_csv(picture: Picture) -> str:
    """The text of picture.csv: one line per area and indicator, decimal points, empty where there is nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for area in picture.areas:
        writer.writerows(_row(area, _figure(figure)) for figure in area.figures)
    return text.getvalue()


def _row(area: AreaFacts, figure: Json) -> list[object]:
    place, trend, expected = (figure[part] or {} for part in ("place", "trend", "expected"))
    return [
        area.code, area.name, area.level.value, figure["id"], " ".join(figure["source_codes"]), figure["period"],
        figure["value"], figure["status"], figure["reason"], figure["denominator"], figure["denominator_unit"],
        figure["denominator_year"], figure["unit"], figure["rate"], figure["level"], figure["low"], figure["high"],
        place.get("rank"), place.get("low"), place.get("high"), place.get("of"),
        trend.get("change"), trend.get("low"), trend.get("high"),
        expected.get("value"), expected.get("low"), expected.get("high"), expected.get("out_of_line"),
        None if area.note is None else str(area.note),
    ]  # fmt: skip
