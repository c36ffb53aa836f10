"""What a profile says first. A neighbourhood is tested, so it says what rises; larger areas say what they can."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import sentences, wording
from wijkveilig.picture.edition import AreaFile, AreaRef, Edition, EditionPeriod
from wijkveilig.picture.facts import Against, Attention, Figure
from wijkveilig.picture.run import run_end
from wijkveilig.ui import numbers
from wijkveilig.warehouse.types import Level

BY_CHANCE = 0.05
"""Share of figures that fall outside their 95 % interval when nothing happens."""
MOST_NAMED = 4
"""How many subjects a sentence names; of more it says how many."""


def headline(edition: Edition, area: AreaRef, file: AreaFile, shown: EditionPeriod) -> str:
    """The sentence above a profile: what rises, and what lies beside the city in the period that is shown."""
    lines = attention_inside(edition, area)
    if area.level is Level.NEIGHBOURHOOD:
        if not lines and not _judged(last_year(file)):
            return _("%(area)s: nog te weinig jaren voor een verwachting") % {"area": area.name}
        return _neighbourhood_headline(edition, area, file, lines, shown)
    if area.level is Level.MUNICIPALITY:
        return _city_headline(area, last_year(file))
    return _district_headline(edition, area, file.figures.get(shown.id, {}), lines)


def lede(edition: Edition, area: AreaRef, file: AreaFile, shown: EditionPeriod, most_names: int = MOST_NAMED) -> str:
    """What the headline rests on, and what lies surely above or below the city in the period that is shown."""
    if area.level is Level.MUNICIPALITY:
        return _city_lede(edition, last_year(file))
    said = [sentences.attention_title(line) for line in attention_inside(edition, area)]
    if not said and area.level is Level.NEIGHBOURHOOD and _judged(last_year(file)):
        said.append(_("De laatste twaalf maanden passen bij wat hier te verwachten was, voor zover dat te zeggen is."))
    figures = file.figures.get(shown.id, {})
    higher, lower = beside(edition, figures, Against.HIGHER), beside(edition, figures, Against.LOWER)
    words = {"period": sentences.period_label(shown)}
    if higher:
        words["names"] = few_names(higher, most_names)
        said.append(_("Zeker hoger dan de stad, %(period)s: %(names)s.") % words)
    if lower:
        words["names"] = few_names(lower, most_names)
        said.append(_("Zeker lager dan de stad, %(period)s: %(names)s.") % words)
    if not higher and not lower and any(figure.level is not None for figure in figures.values()):
        said.append(_("Geen onderwerp ligt zeker boven of onder de stad, %(period)s.") % words)
    return " ".join(said)


def beside(edition: Edition, figures: Mapping[str, Figure], side: Against) -> list[str]:
    """The names of all single types surely on one side of the city, the farthest first; sums where no type is."""
    found = [figure for figure in figures.values() if figure.against is side]
    single = [figure for figure in found if not figure.is_sum] or found
    order = sorted(single, key=lambda figure: -abs(math.log((figure.level or 1.0) / (figure.city or 1.0))))
    known = (edition.indicator(figure.indicator) for figure in order)
    return [str(indicator.name) for indicator in known if indicator is not None]


def few_names(items: Sequence[str], most: int) -> str:
    """All names, or the first `most` and how many more there are."""
    if len(items) <= most + 1:
        return wording.names(items)
    words = {"first": ", ".join(items[:most]), "count": wording.count_word(len(items) - most)}
    return _("%(first)s en nog %(count)s") % words


def attention_inside(edition: Edition, area: AreaRef) -> tuple[Attention, ...]:
    """The lines of the attention list about this area or about the neighbourhoods in it."""
    inside = {one.code for one in edition.areas_at(Level.NEIGHBOURHOOD) if one.parent == area.code}
    return tuple(line for line in edition.attention if line.area == area.code or line.area in inside)


def last_year(file: AreaFile) -> dict[str, Figure]:
    """The figures of the last twelve reported months; empty where the edition has another period only."""
    return file.figures.get("laatste-12", {})


def _neighbourhood_headline(
    edition: Edition, area: AreaRef, file: AreaFile, lines: Sequence[Attention], shown: EditionPeriod
) -> str:
    lower = beside(edition, file.figures.get(shown.id, {}), Against.LOWER)
    words = {"area": area.name, "lower": lower[0] if lower else "", "rise": ""}
    if lines:
        words["rise"] = _rise(file, lines[0])
        return (_("%(area)s: %(rise)s, %(lower)s is laag") if lower else _("%(area)s: %(rise)s")) % words
    return (
        _("%(area)s: niets loopt op, %(lower)s is laag") if lower else _("%(area)s: niets loopt uit de pas")
    ) % words


def _rise(file: AreaFile, line: Attention) -> str:
    """What is true of the line: it still goes on, it has ended, or there was more over the whole period."""
    words = {"what": str(line.name), "month": "", "until": "", "period": sentences.period_of(line)}
    if line.since is None or line.since == line.period.first:
        return _("%(what)s lag in %(period)s boven wat te verwachten was") % words
    words["month"] = numbers.month_name(line.since, wording.language())
    if (end := run_end(file.series, line)) is not None:
        words["until"] = numbers.month_name(end, wording.language())
        return _("%(what)s liep op van %(month)s tot en met %(until)s") % words
    return _("%(what)s loopt op sinds %(month)s") % words


def _district_headline(
    edition: Edition, area: AreaRef, figures: Mapping[str, Figure], lines: Sequence[Attention]
) -> str:
    if lines:
        words = {"area": area.name, "where": lines[0].area_name, "what": str(lines[0].name)}
        return _("%(area)s: in %(where)s lag %(what)s boven wat te verwachten was") % words
    higher = len(beside(edition, figures, Against.HIGHER))
    lower = len(beside(edition, figures, Against.LOWER))
    words = {"area": area.name, "higher": wording.count_word(higher), "lower": wording.count_word(lower)}
    above = ngettext(
        "%(area)s: %(higher)s onderwerp zeker boven de stad",
        "%(area)s: %(higher)s onderwerpen zeker boven de stad",
        higher,
    )
    below = ngettext(
        "%(area)s: %(lower)s onderwerp zeker onder de stad",
        "%(area)s: %(lower)s onderwerpen zeker onder de stad",
        lower,
    )
    both = ngettext(
        "%(area)s: %(higher)s onderwerp zeker boven de stad, %(lower)s eronder",
        "%(area)s: %(higher)s onderwerpen zeker boven de stad, %(lower)s eronder",
        higher,
    )
    if not higher and not lower:
        return _("%(area)s: geen onderwerp ligt zeker boven of onder de stad") % words
    return (both if higher and lower else above if higher else below) % words


def _outside(figures: dict[str, Figure]) -> tuple[list[Figure], list[Figure]]:
    """The single types whose count lies above and below the margin of what was to be expected."""
    known = [one for one in figures.values() if one.expected is not None and one.value is not None and not one.is_sum]
    above = [one for one in known if one.expected is not None and (one.value or 0) > one.expected.high]
    below = [one for one in known if one.expected is not None and (one.value or 0) < one.expected.low]
    return above, below


def _judged(figures: dict[str, Figure]) -> int:
    return sum(1 for one in figures.values() if one.expected is not None and not one.is_sum)


def _city_headline(area: AreaRef, figures: dict[str, Figure]) -> str:
    above, below = _outside(figures)
    total = _judged(figures)
    outside = len(above) + len(below)
    words = {"area": area.name, "count": wording.count_word(outside), "total": wording.number(total)}
    if not total:
        return _("%(area)s: nog te weinig jaren voor een verwachting") % words
    if not outside:
        return _("%(area)s: alle %(total)s onderwerpen passen bij het eigen verleden") % words
    text = ngettext(
        "%(area)s: %(count)s van %(total)s onderwerpen ligt buiten de marge",
        "%(area)s: %(count)s van %(total)s onderwerpen liggen buiten de marge",
        outside,
    )
    return text % words


def _city_lede(edition: Edition, figures: dict[str, Figure]) -> str:
    """Which subjects lie outside the city's own margin, and how many would do so by chance."""
    above, below = _outside(figures)
    said = []
    if above:
        said.append(
            _("In de laatste twaalf maanden meer dan te verwachten was: %(names)s.") % {"names": _named(edition, above)}
        )
    if below:
        said.append(
            _("In de laatste twaalf maanden minder dan te verwachten was: %(names)s.")
            % {"names": _named(edition, below)}
        )
    if total := _judged(figures):
        chance = {"count": wording.number(max(1, round(total * BY_CHANCE))), "total": wording.number(total)}
        said.append(_("Van %(total)s onderwerpen valt er door toeval ongeveer %(count)s buiten de marge.") % chance)
    return " ".join(said)


def _named(edition: Edition, figures: Sequence[Figure]) -> str:
    known = (edition.indicator(figure.indicator) for figure in figures)
    return wording.names([str(indicator.name) for indicator in known if indicator is not None])
