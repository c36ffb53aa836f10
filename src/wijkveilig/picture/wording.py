"""Words that pages of the picture share: lists of names, levels, numbers in the reader's language.

Sentences about figures stand in `sentences.py`; here is only what a page needs to put them in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wijkveilig.picture.edition import AreaRef, Edition, IndicatorRef
from wijkveilig.ui import numbers
from wijkveilig.warehouse.types import Level

SHORT_ID = 8
"""How many signs of an id stand on paper: enough to find it in the list of files."""
UNNAMED = "niet vermeld"
"""What a source says of a file that does not name its publisher."""


def language() -> str:
    """The language of the reader as `ui.numbers` knows it: 'nl' or 'en'."""
    return (get_language() or "nl")[:2]


def number(value: float, decimals: int = 0) -> str:
    """A number in the notation of the reader."""
    return numbers.number(value, decimals, language())


def rate(value: float) -> str:
    """A rate with the decimals that its size deserves, in the notation of the reader."""
    return numbers.rate(value, language())


def count_word(count: int) -> str:
    """'drie' for 3, a figure from thirteen on, in the language of the reader."""
    return numbers.count_word(count, language())


def names(items: Sequence[str]) -> str:
    """'A', 'A en B' or 'A, B en C'."""
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s en %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def areas_in_words(level: Level, count: int) -> str:
    """'één wijk', 'vijf buurten'."""
    words = {"count": count_word(count)}
    if level is Level.DISTRICT:
        return ngettext("%(count)s wijk", "%(count)s wijken", count) % words
    return ngettext("%(count)s buurt", "%(count)s buurten", count) % words


def subjects_in_words(count: int) -> str:
    """'één onderwerp', '37 onderwerpen'."""
    return ngettext("%(count)s onderwerp", "%(count)s onderwerpen", count) % {"count": count_word(count)}


def named_or_counted(areas: Sequence[AreaRef], level: Level) -> str:
    """The names of one or two areas, else how many there are."""
    if len(areas) <= 2:
        return names([area.name for area in areas])
    return areas_in_words(level, len(areas))


def level_name(level: Level) -> str:
    """'buurt', 'wijk' or 'gemeente', as it stands in a choice."""
    return {Level.NEIGHBOURHOOD: _("buurt"), Level.DISTRICT: _("wijk"), Level.MUNICIPALITY: _("gemeente")}[level]


def level_heading(level: Level) -> str:
    """The head of the column that names the areas."""
    return capfirst(level_name(level))


def sources_line(edition: Edition) -> str:
    """'politie; CBS': the publishers of the files that the picture was made from, in order of use."""
    publishers = (origin.publisher for origin in edition.made_from if origin.publisher != UNNAMED)
    return "; ".join(dict.fromkeys(publishers))


def made_from(edition: Edition) -> str:
    """'Beeld 74b89e52, gemaakt uit: Geregistreerde misdrijven (1f0c2a3b, 9e8d7c6b); …': for paper."""
    batches: dict[str, list[str]] = {}
    for origin in edition.made_from:
        batches.setdefault(origin.title, []).append(origin.batch[:SHORT_ID])
    listed = "; ".join(f"{title} ({', '.join(found)})" for title, found in batches.items())
    return _("Beeld %(edition)s, gemaakt uit: %(batches)s") % {"edition": edition.id[:SHORT_ID], "batches": listed}


def file_name(path: str) -> str:
    """The name of a file without its folders: where a file lay is nobody's business on a page."""
    return PurePosixPath(path.replace("\\", "/")).name


def title(indicator: IndicatorRef) -> str:
    """The name of an indicator as it begins a line: 'Woninginbraak'."""
    return capfirst(str(indicator.name))


def made_on(edition: Edition) -> str:
    """'Cijfers tot en met december 2025': until when this edition goes."""
    month = numbers.month_name(edition.reported_until, language())
    return _("Cijfers tot en met %(month)s") % {"month": month}
