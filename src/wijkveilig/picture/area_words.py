"""What a profile says first. A neighbourhood is tested, so it says what rises; larger areas say what they can."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import sentences, wording
from wijkveilig.picture.edition import AreaFile, AreaRef, Edition
from wijkveilig.picture.facts import Against, Attention, Figure
from wijkveilig.warehouse.types import Level

BY_CHANCE = 0.05
"""Share of figures that fall outside their 95 % interval when nothing happens."""


def headline(edition: Edition, area: AreaRef, file: AreaFile) -> str:
    """The sentence above a profile."""
    lines = attention_inside(edition, area)
    if area.level is Level.NEIGHBOURHOOD:
        if not lines and not _judged(last_year(file)):
            return _("%(area)s: nog te weinig jaren voor een verwachting") % {"area": area.name}
        return sentences.profile_title(area, file, lines)
    if area.level is Level.MUNICIPALITY:
        return _city_headline(area, last_year(file))
    return _district_headline(area, file, lines)


def lede(edition: Edition, area: AreaRef, file: AreaFile) -> str:
    """What the headline rests on, and what lies surely above or below the city."""
    lines = attention_inside(edition, area)
    if area.level is Level.MUNICIPALITY:
        return _city_lede(edition, last_year(file))
    if area.level is Level.NEIGHBOURHOOD and not lines and not _judged(last_year(file)):
        return _levels(edition, last_year(file))
    return sentences.profile_lede(area, file, lines)


def attention_inside(edition: Edition, area: AreaRef) -> tuple[Attention, ...]:
    """The lines of the attention list about this area or about the neighbourhoods in it."""
    inside = {one.code for one in edition.areas_at(Level.NEIGHBOURHOOD) if one.parent == area.code}
    return tuple(line for line in edition.attention if line.area == area.code or line.area in inside)


def last_year(file: AreaFile) -> dict[str, Figure]:
    """The figures of the last twelve reported months; empty where the edition has another period only."""
    return file.figures.get("laatste-12", {})


def _district_headline(area: AreaRef, file: AreaFile, lines: Sequence[Attention]) -> str:
    if lines:
        words = {"area": area.name, "where": lines[0].area_name, "what": str(lines[0].name)}
        return _("%(area)s: in %(where)s loopt %(what)s op") % words
    single = [figure for figure in last_year(file).values() if not figure.is_sum]
    higher = sum(1 for figure in single if figure.against is Against.HIGHER)
    lower = sum(1 for figure in single if figure.against is Against.LOWER)
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


def _levels(edition: Edition, figures: dict[str, Figure]) -> str:
    """Which subjects lie surely above or below the city; that nothing does is a sentence too."""
    higher = [one for one in figures.values() if one.against is Against.HIGHER]
    lower = [one for one in figures.values() if one.against is Against.LOWER]
    said = []
    if higher:
        said.append(_("Zeker hoger dan de stad: %(names)s.") % {"names": _named(edition, higher)})
    if lower:
        said.append(_("Zeker lager dan de stad: %(names)s.") % {"names": _named(edition, lower)})
    return " ".join(said) or _("Geen onderwerp ligt zeker boven of onder de stad.")


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
        said.append(_("Meer dan te verwachten was: %(names)s.") % {"names": _named(edition, above)})
    if below:
        said.append(_("Minder dan te verwachten was: %(names)s.") % {"names": _named(edition, below)})
    if total := _judged(figures):
        chance = {"count": wording.number(max(1, round(total * BY_CHANCE))), "total": wording.number(total)}
        said.append(_("Van %(total)s onderwerpen valt er door toeval ongeveer %(count)s buiten de marge.") % chance)
    return " ".join(said)


def _named(edition: Edition, figures: Sequence[Figure]) -> str:
    known = (edition.indicator(figure.indicator) for figure in figures)
    return wording.names([str(indicator.name) for indicator in known if indicator is not None])
