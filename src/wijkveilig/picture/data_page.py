"""The data pages as finished facts: batches and their freshness, one check report, a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import wording
from wijkveilig.picture.area_page import Fact
from wijkveilig.ui import numbers
from wijkveilig.ui.figures import Column, Table
from wijkveilig.warehouse.batch import Batch, Check, Reason
from wijkveilig.warehouse.reading import Reading

PREVIEWED = 10
"""How many rows a preview shows as they will be read."""


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


@dataclass(frozen=True)
class PreviewPart:
    """One file that was recognised: what it is, what is refused, how the rest will be read."""

    file: str
    heading: str
    lede: str
    refused: str
    reasons: tuple[ReasonLine, ...]
    rows: Table
    shown: str
    checks: tuple[CheckLine, ...]
    notes: tuple[str, ...]


def compose_rows(batches: Sequence[Batch]) -> tuple[BatchRow, ...]:
    """All batches, the newest figures first, withdrawn ones last."""
    ordered = sorted(batches, key=lambda one: (one.withdrawn, -(one.last_month or 0), one.title, one.id))
    return tuple(_row(batch) for batch in ordered)


def freshness(batches: Sequence[Batch]) -> str:
    """How far the counts go, in one sentence; for an empty warehouse what to do."""
    counting = [batch for batch in batches if not batch.withdrawn]
    if not counting:
        return _("Er zijn nog geen bestanden. Kies er een of meer; de inhoud zegt wat het is, niet de naam.")
    last = max((batch.last_month for batch in counting if batch.last_month is not None), default=None)
    words = {"files": wording.number(len(counting)), "refused": wording.number(sum(b.rows_refused for b in counting))}
    if last is None:
        return _("%(files)s bestanden tellen mee; %(refused)s rijen zijn geweigerd.") % words
    words["month"] = numbers.month_name(last, wording.language())
    text = ngettext(
        "%(files)s bestand telt mee, het loopt tot en met %(month)s; %(refused)s rijen zijn geweigerd.",
        "%(files)s bestanden tellen mee, het verste loopt tot en met %(month)s; %(refused)s rijen zijn geweigerd.",
        len(counting),
    )
    return text % words


def compose_batch(batch: Batch) -> BatchPage:
    """The check report: rows read, kept and refused with each reason, the checks, what a reader must know."""
    words = {
        "read": wording.number(batch.rows_read),
        "kept": wording.number(batch.rows_kept),
        "refused": wording.number(batch.rows_refused),
    }
    return BatchPage(
        id=batch.id,
        title=batch.title,
        lede=_("%(read)s rijen in het bestand: %(kept)s overgenomen, %(refused)s geweigerd.") % words,
        facts=_facts(batch),
        checks=_checks(batch.checks),
        reasons=_reasons(batch.reasons),
        notes=batch.notes,
        marks=tuple(
            _("%(month)s: %(why)s") % {"month": numbers.month_name(mark.month, wording.language()), "why": mark.text}
            for mark in batch.marks
        ),
        withdrawn=batch.withdrawn,
    )


def compose_preview(readings: Sequence[Reading]) -> tuple[PreviewPart, ...]:
    """What was recognised in the uploaded files, refused rows first."""
    return tuple(_part(reading) for reading in readings)


def span(batch: Batch) -> str:
    """The months that a batch covers, '2018 tot en met 2025', or that its year is unknown."""
    if batch.first_month is None or batch.last_month is None:
        return _("geen periode") if batch.division is None else _("indeling %(year)s") % {"year": batch.division}
    months = batch.last_month - batch.first_month + 1
    return numbers.period_name(batch.first_month, months, wording.language())


def _row(batch: Batch) -> BatchRow:
    state, words = state_of(batch)
    return BatchRow(
        id=batch.id,
        title=batch.title,
        file=wording.file_name(batch.file),
        address=reverse("picture:batch", args=[batch.id]),
        publisher=batch.publisher,
        span=span(batch),
        fetched=batch.fetched_on or _("onbekend"),
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
        Fact(_("Opgehaald op"), batch.fetched_on or _("onbekend")),
        Fact(_("Kenmerk (sha256)"), batch.checksum),
    )


def _checks(checks: Sequence[Check]) -> tuple[CheckLine, ...]:
    signs = {
        True: ("done", _("klopt")), False: ("higher", _("verschil")), None: ("known", _("niet te vergelijken")),
    }  # fmt: skip
    return tuple(CheckLine(check_name(check.name), *signs[check.ok], check.text) for check in checks)


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


def _reasons(reasons: Sequence[Reason]) -> tuple[ReasonLine, ...]:
    return tuple(
        ReasonLine(
            _("hele bestand") if reason.row is None else wording.number(reason.row),
            wording.number(reason.count),
            reason.text,
        )
        for reason in reasons
    )


def _refused(count: int) -> str:
    """'2 rijen geweigerd'; '' when none was."""
    if not count:
        return ""
    text = ngettext("%(count)s rij geweigerd", "%(count)s rijen geweigerd", count)
    return text % {"count": wording.number(count)}


def _part(reading: Reading) -> PreviewPart:
    batch = reading.batch
    shown = reading.preview.rows[:PREVIEWED]
    words = {
        "title": batch.title[:1].lower() + batch.title[1:],
        "file": wording.file_name(batch.file),
        "read": wording.number(batch.rows_read),
        "kept": wording.number(batch.rows_kept),
        "refused": wording.number(batch.rows_refused),
        "shown": wording.number(len(shown)),
    }
    return PreviewPart(
        file=wording.file_name(batch.file),
        heading=_("Ik herken dit als %(title)s") % words,
        lede=_("%(file)s, %(read)s rijen. %(kept)s kan ik overnemen, %(refused)s niet.") % words,
        refused=_refused(batch.rows_refused),
        reasons=_reasons(batch.reasons),
        rows=Table(tuple(Column(name) for name in reading.preview.header), shown),
        shown=_("eerste %(shown)s van %(kept)s") % words,
        checks=_checks(batch.checks),
        notes=batch.notes,
    )
