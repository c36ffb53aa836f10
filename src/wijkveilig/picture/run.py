"""The run of one indicator over time as a drawing: the counts, what was to be expected, single events."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import cells, sentences, wording
from wijkveilig.picture.edition import AreaRef, Edition, IndicatorRef, Series
from wijkveilig.picture.facts import Attention, Expectation, Figure
from wijkveilig.ui import numbers
from wijkveilig.ui.chart_words import chart_words
from wijkveilig.ui.charts import NARROW, Band, Break, SeriesSpec, SparkSpec, YearsSpec, series, sparkline, years
from wijkveilig.ui.figures import Column, Table
from wijkveilig.ui.figures import Figure as Plate

SHOWN = 36
"""How many months a series shows: the year that is judged and the two before it."""
SPARK = 24
"""How many months the small series shows."""
UNLIKELY = 0.05
"""A chance below this says that a run has ended."""
MOST_BLOCKS = 12
"""Above this many events in one month a block for each says less than the line."""


@dataclass(frozen=True)
class Run:
    """What is drawn: from month `first` on, sums over `window` months, and the events of each month."""

    first: int
    window: int
    values: tuple[int | None, ...]
    events: tuple[int | None, ...]
    band: Band | None


def run_of(track: Series, indicator: str, months: int) -> Run | None:
    """The last `months` months of an indicator; None where the series is by year or has no month at all."""
    counts = track.counts.get(indicator)
    if track.step != 1 or not counts or all(count is None for count in counts):
        return None
    found = track.bands.get(indicator)
    window = found.window if found else 1
    sums = moving_sums(counts, window)
    start = max(0, len(counts) - months)
    band = None
    if found is not None:
        band = Band(first=found.first_month, value=found.expected, low=found.low, high=found.high)
    return Run(track.first_month + start, window, sums[start:], tuple(counts[start:]), band)


def moving_sums(counts: Sequence[int | None], window: int) -> tuple[int | None, ...]:
    """For each month the sum of the `window` months that end there; None where one of them is missing."""
    sums: list[int | None] = []
    for index in range(len(counts)):
        part = counts[max(0, index - window + 1) : index + 1]
        whole = len(part) == window and all(count is not None for count in part)
        sums.append(sum(count for count in part if count is not None) if whole else None)
    return tuple(sums)


def draw_run(
    edition: Edition,
    area: AreaRef,
    track: Series,
    indicator: IndicatorRef,
    figure: Figure | None,
    *,
    height: float | None = None,
) -> Plate:
    """The series of an area with its table; without months the years, without either a sentence that says so."""
    run = run_of(track, indicator.id, SHOWN)
    if run is None:
        return _by_year(edition, area, track, indicator)
    title, line = run_title(edition, area, indicator, figure), attention_for(edition, area, indicator)
    spec = SeriesSpec(
        key=f"verloop-{indicator.id}",
        title=title,
        desc=_("Dezelfde cijfers staan in de tabel onder deze figuur."),
        first=run.first,
        values=run.values,
        band=run.band,
        breaks=tuple(Break(mark.month, str(mark.why)) for mark in indicator.breaks if mark.month >= run.first),
        events=run.events if _few(run) else None,
        since=line.since if line else None,
        incomplete_from=edition.incomplete_from,
        call=figure is None or figure.expected is None or figure.expected.out_of_line,
        last_label=_last_label(run),
        height=height,
        words=chart_words(),
    )
    return Plate(
        key=spec.key,
        title=title,
        sub=_sub(indicator, area, run.window),
        svg=series(spec),
        narrow=series(replace(spec, key=f"{spec.key}-n", width=NARROW)),
        table=_table(run),
        source=wording.sources_line(edition),
        made_on=wording.made_on(edition),
    )


def run_end(track: Series, line: Attention) -> int | None:
    """The last month of a run that has ended, described from the counts; None while it goes on or nothing tells.

    It ended in the month after which a second, lower pace fits best, when the months after it would be unlikely (one
    in twenty) at the run's own pace and are not unlikely at what was to be expected.
    """
    counts = track.counts.get(line.indicator, ())
    if track.step != 1 or line.since is None:
        return None
    part = counts[line.since - track.first_month : line.period.last + 1 - track.first_month]
    known = [count for count in part if count is not None]
    if len(known) < 2 or len(known) != len(part):
        return None
    due = (line.since_expected or 0.0) / len(known)
    length = max(range(1, len(known)), key=lambda months: _two_paces(known, months))
    run, after, left = sum(known[:length]), sum(known[length:]), len(known) - length
    at_pace = _at_most(after, run / length * left)
    as_due = 1.0 - _at_most(after - 1, due * left)
    return line.since + length - 1 if at_pace < UNLIKELY < as_due else None


def _two_paces(counts: Sequence[int], months: int) -> float:
    """How well one pace over the first `months` and another over the rest fit: Poisson log-likelihood."""
    parts = ((sum(counts[:months]), months), (sum(counts[months:]), len(counts) - months))
    return sum(total * math.log(total / length) for total, length in parts if total)


def _at_most(count: int, mean: float) -> float:
    """The Poisson chance of at most `count`."""
    return math.fsum(math.exp(-mean) * mean**each / math.factorial(each) for each in range(count + 1))


def draw_spark(track: Series, attention: Attention) -> tuple[str, str]:
    """The small series beside a line that asks for attention, and the words below it; ('', '') without months.

    It adds up as many months as are judged, so that it ends with the count and the margin of the sentences beside it.
    """
    counts, judged = track.counts.get(attention.indicator), attention.period
    if track.step != 1 or not counts or all(count is None for count in counts):
        return "", ""
    start = max(0, len(counts) - SPARK)
    sums = moving_sums(counts, judged.months)[start:]
    guess = attention.expected
    last = sums[-1]
    spec = SparkSpec(
        key=f"lijn-{attention.area.lower()}-{attention.indicator}",
        title=_("Verloop over 24 maanden"),
        first=track.first_month + start,
        values=sums,
        band=Band(judged.first, *((end,) * judged.months for end in (guess.value, guess.low, guess.high))),
        last_text=None if last is None else wording.number(last),
        words=chart_words(),
    )
    if judged.months == 1:
        return sparkline(spec), _("per maand, 24 maanden; vlak: verwacht")
    words = {"window": wording.count_word(judged.months)}
    return sparkline(spec), _("som van %(window)s maanden, 24 maanden; vlak: verwacht") % words


def run_title(edition: Edition, area: AreaRef, indicator: IndicatorRef, figure: Figure | None) -> str:
    """What one sees in the series, in one sentence."""
    words = {"indicator": wording.title(indicator), "area": area.name}
    line = attention_for(edition, area, indicator)
    if line is not None:
        words["period"] = sentences.period_of(line)
        if sentences.most_since(line):
            words["month"] = numbers.month_name(line.since or 0, wording.language())
            return _("%(indicator)s lag in %(period)s boven wat te verwachten was; de meeste sinds %(month)s") % words
        return _("%(indicator)s lag in %(period)s boven wat te verwachten was") % words
    if figure is None or figure.expected is None:
        return _("%(indicator)s: te weinig eerdere jaren voor een verwachting") % words
    return _beside(figure.value, figure.expected) % words


def _beside(value: int | None, guess: Expectation) -> str:
    """Whether a count is out of line, only outside its own margin (which is no test), or in line."""
    if value is None:
        return _("%(indicator)s: geen cijfer over de laatste twaalf maanden")
    if guess.out_of_line:
        above, below = (
            _("%(indicator)s ligt boven wat te verwachten was"),
            _("%(indicator)s ligt onder wat te verwachten was"),
        )
        return above if value > guess.value else below
    if value > guess.high:
        return _("%(indicator)s ligt boven de marge van wat te verwachten was; dat kan nog toeval zijn")
    if value < guess.low:
        return _("%(indicator)s ligt onder de marge van wat te verwachten was; dat kan nog toeval zijn")
    return _("%(indicator)s past bij wat hier te verwachten was")


def attention_for(edition: Edition, area: AreaRef, indicator: IndicatorRef) -> Attention | None:
    """The line of the attention list about this area and indicator, if there is one."""
    return next((one for one in edition.attention if (one.area, one.indicator) == (area.code, indicator.id)), None)


def draw_years(edition: Edition, indicator: IndicatorRef) -> Plate:
    """The city over the calendar years, with what was to be expected in the last reported twelve months."""
    city = edition.city()
    totals = year_totals(edition, city.figures, indicator.id)
    track = city.series
    counts = track.counts.get(indicator.id, ())
    skip = max(0, totals[0][0] * 12 - track.first_month) if totals else 0
    last = city.figures.get("laatste-12", {}).get(indicator.id)
    spec = YearsSpec(
        key=f"stad-{indicator.id}",
        title=_years_title(totals),
        totals=totals,
        first=track.first_month + skip if track.step == 1 else None,
        months=counts[skip : skip + 12 * len(totals)] if track.step == 1 else (),
        words=chart_words(),
    )
    return Plate(
        key=spec.key,
        title=spec.title,
        sub=_("De hele gemeente, per maand; dik: gemiddelde van het jaar"),
        svg=years(spec),
        table=Table(
            (Column(_("Jaar")), Column(_("Aantal"), numeric=True)),
            [(str(year), cells.NOTHING if total is None else wording.number(total)) for year, total in totals],
            caption=_("De stad per jaar"),
        ),
        source=wording.sources_line(edition),
        made_on=wording.made_on(edition),
        note=f"{city_note(last)} {_apart(indicator, last)}".strip(),
    )


def year_totals(
    edition: Edition, figures: dict[str, dict[str, Figure]], indicator: str
) -> tuple[tuple[int, float | None], ...]:
    """The last five calendar years of the edition with the city's count, oldest first."""
    found = []
    for period in sorted((one for one in edition.periods if one.period.is_year), key=lambda one: one.period.first):
        figure = figures.get(period.id, {}).get(indicator)
        found.append((period.period.first // 12, None if figure is None or figure.value is None else figure.value))
    return tuple(found[-5:])


def _apart(indicator: IndicatorRef, figure: Figure | None) -> str:
    """How many of the municipality's own count belong to no neighbourhood; '' where it is their sum."""
    counted = indicator.default.total
    if figure is None or figure.value is None or figure.value <= counted or not indicator.default.areas:
        return ""
    words = {
        "value": wording.number(figure.value),
        "counted": wording.number(counted),
        "apart": wording.number(figure.value - counted),
    }
    return (
        _("Van de %(value)s in de hele gemeente staan er %(counted)s bij een buurt en %(apart)s zonder buurt.") % words
    )


def city_note(figure: Figure | None) -> str:
    """Whether the city as a whole is in line with its own past, in one sentence; '' where nothing can be said."""
    if figure is None or figure.expected is None or figure.value is None:
        return ""
    guess = figure.expected
    words = {
        "value": wording.number(figure.value),
        "low": wording.number(guess.low),
        "high": wording.number(guess.high),
    }
    if guess.low <= figure.value <= guess.high:
        return (
            _(
                "In de laatste twaalf maanden telde de stad er %(value)s; verwacht was %(low)s tot %(high)s. "
                "Dat past bij haar eigen verleden."
            )
            % words
        )
    return (
        _(
            "In de laatste twaalf maanden telde de stad er %(value)s; verwacht was %(low)s tot %(high)s. "
            "Dat past niet bij haar eigen verleden."
        )
        % words
    )


def _years_title(totals: tuple[tuple[int, float | None], ...]) -> str:
    known = [wording.number(total) for _year, total in totals if total is not None]
    if not known:
        return _("De stad: nog geen heel jaar")
    return _("De stad telde achtereenvolgens %(totals)s") % {"totals": wording.names(known)}


def _few(run: Run) -> bool:
    return max((count for count in run.events if count is not None), default=0) <= MOST_BLOCKS and run.window > 1


def _last_label(run: Run) -> tuple[str, ...]:
    last = run.values[-1]
    if last is None or run.window == 1:
        return ()
    words = {"count": wording.number(last), "window": wording.count_word(run.window)}
    return (_("%(count)s in de laatste") % words, _("%(window)s maanden") % words)


def _sub(indicator: IndicatorRef, area: AreaRef, window: int) -> str:
    words = {"indicator": wording.title(indicator), "area": area.name, "window": wording.count_word(window)}
    if window == 1:
        return _("%(indicator)s, aantal per maand, %(area)s") % words
    return _("%(indicator)s, steeds opgeteld over %(window)s maanden, %(area)s") % words


def _table(run: Run) -> Table:
    """The same months as figures, newest first."""
    columns = [Column(_("Maand")), Column(_("Aantal"), numeric=True)]
    if run.window > 1:
        words = {"window": wording.count_word(run.window)}
        columns.append(Column(_("Som over %(window)s maanden") % words, numeric=True))
    columns.append(Column(_("Te verwachten (marge 95 %)"), numeric=True))
    speech = _Speech(wording.language(), _("ontbreekt"), _("%(value)s (%(low)s tot %(high)s)"))
    rows = [_table_row(run, index, speech) for index in reversed(range(len(run.values)))]
    return Table(tuple(columns), rows, caption=_("De cijfers van deze figuur"))


@dataclass(frozen=True, slots=True)
class _Speech:
    """The reader's words of a long table, asked once: asking for each cell takes longer than drawing."""

    language: str
    missing: str
    guess: str

    def count(self, count: int | None) -> str:
        """A count, or that it is missing."""
        return self.missing if count is None else numbers.number(count, 0, self.language)


def _table_row(run: Run, index: int, speech: _Speech) -> tuple[str, ...]:
    month = run.first + index
    shown = [run.events[index]] if run.window == 1 else [run.events[index], run.values[index]]
    guess = cells.NOTHING
    if run.band is not None and 0 <= (at := month - run.band.first) < len(run.band.value):
        value, low, high = (figures[at] or 0 for figures in (run.band.value, run.band.low, run.band.high))
        guess = speech.guess % {
            "value": numbers.number(value, 1, speech.language),
            "low": numbers.number(low, 0, speech.language),
            "high": numbers.number(high, 0, speech.language),
        }
    return (numbers.month_name(month, speech.language), *(speech.count(count) for count in shown), guess)


def _by_year(edition: Edition, area: AreaRef, track: Series, indicator: IndicatorRef) -> Plate:
    """Data that come by year have no months to draw: the years in a small drawing and a table."""
    counts = track.counts.get(indicator.id, ())
    totals = tuple((track.first_month // 12 + index, count) for index, count in enumerate(counts) if track.step == 12)
    known = [total for _year, total in totals if total is not None]
    title = ngettext(
        "%(indicator)s in %(area)s: cijfers van %(count)s jaar",
        "%(indicator)s in %(area)s: cijfers van %(count)s jaren",
        len(known),
    ) % {"indicator": wording.title(indicator), "area": area.name, "count": wording.count_word(len(known))}
    spec = YearsSpec(key=f"verloop-{indicator.id}", title=title, totals=totals, words=chart_words())
    rows = [(str(year), _("ontbreekt") if total is None else wording.number(total)) for year, total in totals]
    return Plate(
        key=spec.key,
        title=title,
        sub=_("Aantal per jaar"),
        svg=years(spec) if known else "",
        table=Table((Column(_("Jaar")), Column(_("Aantal"), numeric=True)), rows, caption=_("De jaren als tabel")),
        source=wording.sources_line(edition),
        made_on=wording.made_on(edition),
        note=_("Voor een verwachting zijn drie eerdere jaren nodig."),
    )
