"""Facts in words: Dutch first, in the language of the reader.

An edition holds facts; these functions word them when they are shown. Each returns whole sentences, or ''
or None where there is nothing to say.
"""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wijkveilig.picture.edition import DefaultView, EditionPeriod, IndicatorRef, Rarity, Span
from wijkveilig.picture.facts import Against, Attention, Figure, Reason, Sureness
from wijkveilig.picture.indicators import MINIMUM_DENOMINATOR, Unit, register
from wijkveilig.ui import numbers

YEAR = 12
FEWEST_SINCE = 2
ODDS = 1000


def attention_sentence(line: Attention) -> str:
    """What, how much, since when, compared with what, how sure."""
    return f"{attention_title(line)} {attention_evidence(line)}"


def attention_title(line: Attention) -> str:
    """What and how much, since when, in one sentence."""
    if line.since is None or not _starts_within(line):
        return _in_period(line)
    due = line.since_expected or 0.0
    words = {
        "area": line.area_name,
        "month": _month(line.since),
        "count": _number(line.since_observed or 0),
        "counted": str(line.counted),
        "due": _about(due),
    }
    text = ngettext(
        "In %(area)s zijn sinds %(month)s %(count)s %(counted)s geteld; %(due)s was te verwachten.",
        "In %(area)s zijn sinds %(month)s %(count)s %(counted)s geteld; %(due)s waren te verwachten.",
        max(1, round(due)),
    )
    return text % words


def period_of(line: Attention) -> str:
    """'heel 2025', 'december 2016 tot en met november 2017': the period that is judged."""
    return _period(line.period.first, line.period.months)


def _starts_within(line: Attention) -> bool:
    """Whether the run began after the period did, with enough in it to name the month."""
    return line.since not in (None, line.period.first) and (line.since_observed or 0) >= FEWEST_SINCE


def most_since(line: Attention) -> bool:
    """Whether the run began within the period and holds more than half of its count."""
    return _starts_within(line) and 2 * (line.since_observed or 0) > line.observed


def _in_period(line: Attention) -> str:
    words = {
        "area": line.area_name,
        "period": _period(line.period.first, line.period.months),
        "count": _number(line.observed),
        "counted": str(line.counted),
        "due": _about(line.expected.value),
    }
    text = ngettext(
        "In %(area)s zijn in %(period)s %(count)s %(counted)s geteld; %(due)s was te verwachten.",
        "In %(area)s zijn in %(period)s %(count)s %(counted)s geteld; %(due)s waren te verwachten.",
        max(1, round(line.expected.value)),
    )
    return text % words


def attention_evidence(line: Attention) -> str:
    """The margin (and the whole period, where the title is about a part), what it is compared with, how sure it is."""
    words = {
        "period": capfirst(_period(line.period.first, line.period.months)),
        "count": _number(line.observed),
        "due": _about(line.expected.value),
        "low": _number(line.expected.low),
        "high": _number(line.expected.high),
    }
    if _starts_within(line):
        margin = _("%(period)s: %(count)s geteld, %(due)s te verwachten (marge %(low)s tot %(high)s).") % words
    else:
        margin = _("De marge is %(low)s tot %(high)s.") % words
    compared = _("Dat is gerekend uit de eigen jaren ervoor en hoe de rest van de stad veranderde.")
    return f"{margin} {compared} {_how_sure(line)}"


def _how_sure(line: Attention) -> str:
    p = line.expected.p or 0.0
    if line.sureness is Sureness.CERTAIN:
        words = {"odds": _number(ODDS)}
        return _("Dit is zeker: door toeval komt zo'n verschil minder dan één op de %(odds)s keer voor.") % words
    words = {"odds": _number(_round_odds(1 / max(p, 1 / ODDS)))}
    return _("Dit is waarschijnlijk: door toeval komt zo'n verschil ongeveer één op de %(odds)s keer voor.") % words


def _round_odds(odds: float) -> float:
    """Two significant digits are enough for a chance."""
    step = 10 if odds >= 100 else 1
    return round(odds / step) * step


def sureness(how: Sureness) -> str:
    """'Zeker' or 'Waarschijnlijk'."""
    return _("Zeker") if how is Sureness.CERTAIN else _("Waarschijnlijk")


def reason(figure: Figure) -> str | None:
    """Why there is no count, or no rate, in a sentence; None when both are there."""
    if figure.reason is None:
        return None
    if figure.reason is Reason.BELOW_MINIMUM:
        return _below_minimum(figure)
    return {
        Reason.NOT_RECORDED: _("Deze soort is in dit bestand nergens geteld. Dat is iets anders dan nul."),
        Reason.NOT_REPORTED: _("Deze periode is in dit bestand nog niet gemeld. Dat is iets anders dan nul."),
        Reason.NOT_IN_SOURCE: _("Het bestand heeft voor dit gebied geen cijfer over deze periode."),
        Reason.PART_MISSING: _("Een deel van deze periode ontbreekt in het bestand."),
        Reason.WITHHELD: _("De bron schermt dit cijfer af."),
        Reason.NO_DENOMINATOR: _("Geen bestand geeft hiervoor een noemer. Daarom staat hier alleen het aantal."),
        Reason.OTHER_PLACE: _(
            "Deze code staat in andere bestanden voor een andere plek. Daarom staat hier alleen het aantal."
        ),
    }[figure.reason]


def _below_minimum(figure: Figure) -> str:
    known = register().get(figure.indicator)
    words = {
        "minimum": _number(known.minimum_denominator if known else MINIMUM_DENOMINATOR),
        "count": _number(figure.denominator or 0),
        "units": _units(figure.denominator_unit),
    }
    return _("Minder dan %(minimum)s %(units)s (%(count)s). Daarom staat hier alleen het aantal.") % words


def _units(unit: Unit | None) -> str:
    return {
        Unit.ADDRESSES: _("adressen"),
        Unit.BUSINESSES: _("bedrijfsvestigingen"),
        Unit.DWELLINGS: _("woningen"),
        Unit.HOUSEHOLDS: _("huishoudens"),
        Unit.RESIDENTS: _("inwoners"),
        None: _("gevallen"),
    }[unit]


def unit(of: IndicatorRef | Figure) -> str:
    """'per 1.000 woningen per jaar' for an indicator; for a figure as its period asks; 'aantal' without a rate."""
    if isinstance(of, IndicatorRef):
        if of.unit is None:
            return _("aantal")
        return _("per %(per)s %(units)s per jaar") % {"per": _number(1000), "units": _units(of.unit)}
    if of.rate is None:
        return _("aantal")
    words = {"per": _number(1000), "units": _units(of.denominator_unit)}
    if of.per_year:
        return _("per %(per)s %(units)s per jaar") % words
    return _("per %(per)s %(units)s") % words


def period_label(period: EditionPeriod) -> str:
    """'laatste twaalf maanden (tot en met november 2017)', 'laatste drie jaar (...)' or '2016'."""
    words = {"month": _month(period.period.last)}
    if period.span is Span.MONTH:
        return _month(period.period.first)
    if period.span is Span.LAST_YEAR and not period.period.is_year:
        return _("twaalf maanden tot en met %(month)s") % words
    if period.span is Span.THREE_YEARS and period.period.first % YEAR:
        return _("drie jaar tot en met %(month)s") % words
    first, last = period.period.first // YEAR, period.period.last // YEAR
    return f"{first}" if first == last else f"{first}-{last}"


def against(figure: Figure) -> str:
    """'zeker hoger' or 'zeker lager' than the city; '' where that cannot be said."""
    return {Against.HIGHER: _("zeker hoger"), Against.LOWER: _("zeker lager")}.get(figure.against or Against.UNSURE, "")


def place(figure: Figure) -> str | None:
    """'3 (1 tot 8) van 57'; None where the interval spans more than half of the areas."""
    if figure.place is None:
        return None
    found = figure.place
    words = {"rank": found.rank, "low": found.low, "high": found.high, "of": found.of}
    return _("%(rank)s (%(low)s tot %(high)s) van %(of)s") % words


def trend(figure: Figure) -> str | None:
    """'−12 % per jaar (−20 % tot −3 %)'; None where there is no trend."""
    if figure.trend is None:
        return None
    parts = (figure.trend.change, figure.trend.low, figure.trend.high)
    change, low, high = (numbers.signed_percent(part, 0, _language()) for part in parts)
    return _("%(change)s per jaar (%(low)s tot %(high)s)") % {"change": change, "low": low, "high": high}


def expected(figure: Figure) -> str | None:
    """'3 te verwachten (0 tot 8)'; None where nothing was to be expected."""
    if figure.expected is None:
        return None
    guess = figure.expected
    words = {"due": _about(guess.value), "low": _number(guess.low), "high": _number(guess.high)}
    return _("%(due)s te verwachten (%(low)s tot %(high)s)") % words


def default_view_reason(indicator: IndicatorRef) -> str:
    """Why an indicator is shown at this level and over this period."""
    view = indicator.default
    words = {
        "total": _number(view.total),
        "counted": str(indicator.counted),
        "areas": view.areas,
        "spread": _spread(view),
    }
    lead = {
        Rarity.COMMON: _("%(total)s %(counted)s in een jaar in %(areas)s buurten: genoeg om per buurt te tonen."),
        Rarity.RARE_BY_DISTRICT: _(
            "%(total)s %(counted)s in een jaar in %(areas)s buurten: per buurt %(spread)s. Daarom staat dit op wijk."
        ),
        Rarity.RARE_OVER_YEARS: _(
            "%(total)s %(counted)s in een jaar in %(areas)s buurten: per buurt %(spread)s. "
            "Daarom staat dit over drie jaar."
        ),
        Rarity.RARE_BY_DISTRICT_OVER_YEARS: _(
            "%(total)s %(counted)s in een jaar in %(areas)s buurten: per buurt %(spread)s. "
            "Daarom staat dit op wijk en over drie jaar."
        ),
        Rarity.NOT_BY_NEIGHBOURHOOD: _("De bron geeft dit cijfer niet per buurt."),
    }[view.why]
    return lead % words


def _spread(view: DefaultView) -> str:
    """'meestal 0 tot 6, hoogstens 18': what most neighbourhoods have, and the most that any has."""
    words = {"low": _number(view.low), "high": _number(view.high), "most": _number(view.most or 0)}
    if view.most is not None and view.most > view.high:
        return _("meestal %(low)s tot %(high)s, hoogstens %(most)s") % words
    return _("meestal %(low)s tot %(high)s") % words


def _language() -> str:
    return (get_language() or "nl")[:2]


def _number(value: float) -> str:
    return numbers.number(value, 0, _language())


def _month(index: int) -> str:
    return numbers.month_name(index, _language())


def _period(first: int, months: int) -> str:
    return numbers.period_name(first, months, _language())


def _about(value: float) -> str:
    """An expected count as a reader says it: 'minder dan 1', '3'."""
    return _("minder dan 1") if value < 0.5 else _number(value)
