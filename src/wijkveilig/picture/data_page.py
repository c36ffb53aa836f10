"""The data pages as finished facts: batches and their freshness, one check report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import source_words, wording
from wijkveilig.picture.area_page import Fact
from wijkveilig.picture.source_words import Names
from wijkveilig.ui import numbers
from wijkveilig.warehouse.batch import Batch, Check, Reason


@dataclass(frozen=True)
class BatchRow:
    """One batch in the table of files."""

    id: str
    title: str
    file: str
    address: str
    publisher: str
    span: str
    fetched: str
    read: str
    kept: str
    refused: str
    state: str
    words: str
    withdrawn: bool


@dataclass(frozen=True)
class CheckLine:
    """One thing that was checked: its outcome as a shape, a word and a sentence."""

    name: str
    state: str
    words: str
    text: str


@dataclass(frozen=True)
class ReasonLine:
    """Rows that were refused, and why."""

    row: str
    count: str
    text: str


@dataclass(frozen=True)
class BatchPage:
    """The check report of one batch."""

    id: str
    title: str
    lede: str
    facts: tuple[Fact, ...]
    checks: tuple[CheckLine, ...]
    reasons: tuple[ReasonLine, ...]
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    withdrawn: bool


def compose_rows(batches: Sequence[Batch]) -> tuple[BatchRow, ...]:
    """All batches, the newest figures first, withdrawn ones last."""
    ordered = sorted(batches, key=lambda one: (one.withdrawn, -(one.last_month or 0), one.title, one.id))
    replaced = frozenset(old for batch in batches for old in batch.replaces)
    return tuple(_row(batch, replaced) for batch in ordered)


def freshness(batches: Sequence[Batch]) -> str:
    """How far the counts go, in one sentence; for an empty warehouse what to do."""
    counting = [batch for batch in batches if not batch.withdrawn]
    if not counting:
        return _("Er zijn nog geen bestanden. Kies er een of meer; de inhoud zegt wat het is, niet de naam.")
    last = max((batch.last_month for batch in counting if batch.last_month is not None), default=None)
    refused = refused_words(sum(batch.rows_refused for batch in counting))
    words = {"files": wording.number(len(counting))}
    if last is None:
        text = ngettext("%(files)s bestand telt mee.", "%(files)s bestanden tellen mee.", len(counting))
        return f"{text % words} {refused}"
    words["month"] = numbers.month_name(last, wording.language())
    text = ngettext(
        "%(files)s bestand telt mee, het loopt tot en met %(month)s.",
        "%(files)s bestanden tellen mee, het verste loopt tot en met %(month)s.",
        len(counting),
    )
    return f"{text % words} {refused}"


def refused_words(count: int) -> str:
    """'Er zijn 3 rijen geweigerd.'; 'Er is geen rij geweigerd.' for none."""
    if not count:
        return _("Er is geen rij geweigerd.")
    text = ngettext("Er is %(count)s rij geweigerd.", "Er zijn %(count)s rijen geweigerd.", count)
    return text % {"count": wording.number(count)}


def compose_batch(batch: Batch, names: Names) -> BatchPage:
    """The check report: rows read, kept and refused with each reason, the checks, what a reader must know.

    `names` are names of areas by code, for the sentences of the checks.
    """
    words = {
        "read": wording.number(batch.rows_read),
        "kept": wording.number(batch.rows_kept),
        "refused": wording.number(batch.rows_refused),
    }
    return BatchPage(
        id=batch.id,
        title=batch.title,
        lede=ngettext(
            "%(read)s rij in het bestand: %(kept)s overgenomen, %(refused)s geweigerd.",
            "%(read)s rijen in het bestand: %(kept)s overgenomen, %(refused)s geweigerd.",
            batch.rows_read,
        )
        % words,
        facts=_facts(batch),
        checks=check_lines(batch.checks, names),
        reasons=reason_lines(batch.reasons, names),
        notes=tuple(source_words.readable(note, names) for note in batch.notes),
        marks=tuple(
            f"{numbers.month_name(mark.month)}: {mark.text}"  # the source's own words are Dutch, so is their month
            for mark in batch.marks
        ),
        withdrawn=batch.withdrawn,
    )


def span(batch: Batch) -> str:
    """The months that a batch covers, '2018 tot en met 2025', or that its year is unknown."""
    if batch.first_month is None or batch.last_month is None:
        return _("geen periode") if batch.division is None else _("indeling %(year)s") % {"year": batch.division}
    months = batch.last_month - batch.first_month + 1
    return numbers.period_name(batch.first_month, months, wording.language())


def _row(batch: Batch, replaced: frozenset[str]) -> BatchRow:
    state, words = state_of(batch)
    if batch.withdrawn and batch.id in replaced:
        words = _("vervangen")
    return BatchRow(
        id=batch.id,
        title=batch.title,
        file=wording.file_name(batch.file),
        address=reverse("picture:batch", args=[batch.id]),
        publisher=batch.publisher,
        span=span(batch),
        fetched=numbers.day_short(date.fromisoformat(batch.fetched_on)) if batch.fetched_on else _("onbekend"),
        read=wording.number(batch.rows_read),
        kept=wording.number(batch.rows_kept),
        refused=wording.number(batch.rows_refused),
        state=state,
        words=words,
        withdrawn=batch.withdrawn,
    )


def state_of(batch: Batch) -> tuple[str, str]:
    """The sign and the word of a batch; never 'klopt' beside refused rows."""
    if batch.withdrawn:
        return "silent", _("teruggedraaid")
    if batch.rows_refused:
        return "investigated", _("%(refused)s geweigerd") % {"refused": wording.number(batch.rows_refused)}
    if batch.incomplete_from is not None:
        return "investigated", _("laatste maand onvolledig")
    if batch.unreported_months:
        month = numbers.month_name(batch.unreported_months[-1], wording.language())
        return "late", _("%(month)s ontbreekt") % {"month": month}
    return "done", _("alles gelezen")


def _facts(batch: Batch) -> tuple[Fact, ...]:
    return (
        Fact(_("Bestand"), wording.file_name(batch.file)),
        Fact(_("Bron"), batch.publisher),
        Fact(_("Licentie"), batch.licence),
        Fact(_("Periode"), span(batch)),
        Fact(_("Indeling"), _("onbekend") if batch.division is None else str(batch.division)),
        Fact(_("Opgehaald op"), _day(batch.fetched_on)),
        Fact(_("Kenmerk (sha256)"), batch.checksum),
    )


def _day(iso: str | None) -> str:
    return numbers.day(date.fromisoformat(iso), wording.language()) if iso else _("onbekend")


def check_lines(checks: Sequence[Check], names: Names) -> tuple[CheckLine, ...]:
    """What was checked, each with its outcome; codes get their names, months are in words."""
    signs = {
        True: ("done", _("klopt")), False: ("higher", _("verschil")), None: ("known", _("niet te vergelijken")),
    }  # fmt: skip
    return tuple(
        CheckLine(check_name(check.name), *signs[check.ok], source_words.readable(check.text, names))
        for check in checks
    )


def check_name(name: str) -> str:
    """What was checked, as a reader calls it; a check that this page does not know keeps its own name."""
    return {
        "district/municipality": _("Wijken tegen de gemeente"),
        "neighbourhood/municipality": _("Buurten tegen de gemeente"),
        "neighbourhood/district": _("Buurten tegen hun wijk"),
        "levels": _("Delen tegen een eigen totaal"),
        "types": _("Soorten tegen het totaal van de bron"),
        "known_types": _("Soorten in de lijst van de bron"),
        "known_areas": _("Gebieden in de gebiedenlijst"),
        "names": _("Namen van de gebieden"),
        "parents": _("Gebieden en hun hogere gebied"),
        "ages": _("Leeftijden tegen het aantal inwoners"),
    }.get(name, name)


def reason_lines(reasons: Sequence[Reason], names: Names) -> tuple[ReasonLine, ...]:
    """Rows that were refused: the first of them, how many and why."""
    return tuple(
        ReasonLine(
            _("hele bestand") if reason.row is None else wording.number(reason.row),
            wording.number(reason.count),
            source_words.readable(reason.text, names),
        )
        for reason in reasons
    )
