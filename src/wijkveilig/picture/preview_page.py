"""What a reader sees of files before they are taken: what they are, what is refused, how the rest will be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import preview_rows, source_words, wording
from wijkveilig.picture.data_page import CheckLine, ReasonLine, check_lines, reason_lines
from wijkveilig.picture.source_words import Names
from wijkveilig.ui.figures import Table
from wijkveilig.warehouse.reading import Reading


@dataclass(frozen=True)
class PreviewPart:
    """One file that was recognised. `counted` says how large it is, `lede` also what of it can be taken."""

    file: str
    heading: str
    counted: str
    lede: str
    refused: str
    reasons: tuple[ReasonLine, ...]
    how: str
    rows: Table
    shown: str
    checks: tuple[CheckLine, ...]
    notes: tuple[str, ...]


def compose(readings: Sequence[Reading], names: Names, already: frozenset[str]) -> tuple[PreviewPart, ...]:
    """What was recognised in the files, refused rows first. `already` are the ids of those that are there."""
    return tuple(_part(reading, names, reading.batch.id in already) for reading in readings)


def _part(reading: Reading, names: Names, already: bool) -> PreviewPart:
    batch = reading.batch
    rows = preview_rows.as_read(reading, names)
    words = {
        "title": batch.title[:1].lower() + batch.title[1:],
        "file": wording.file_name(batch.file),
        "read": wording.number(batch.rows_read),
        "kept": wording.number(batch.rows_kept),
        "refused": wording.number(batch.rows_refused),
        "shown": wording.number(len(rows.rows)),
    }
    counted = ngettext("%(file)s, %(read)s rij.", "%(file)s, %(read)s rijen.", batch.rows_read) % words
    return PreviewPart(
        file=wording.file_name(batch.file),
        heading=_heading(words["title"]),
        counted=counted,
        lede=" ".join((counted, _("%(kept)s kan ik overnemen, %(refused)s niet.") % words)),
        refused=_refused(batch.rows_refused),
        reasons=reason_lines(batch.reasons, names),
        how=_("Zo lees ik de rest") if batch.rows_refused else _("Zo lees ik het bestand"),
        rows=rows,
        shown=_("eerste %(shown)s van %(kept)s") % words,
        checks=(*check_lines(batch.checks, names), _known(already)),
        notes=tuple(source_words.readable(note, names) for note in batch.notes),
    )


def _heading(title: str) -> str:
    """What the file is; the title of a source is Dutch, and says so on a page in another language."""
    said = title if wording.language() == "nl" else format_html('<span lang="nl">{}</span>', title)
    return mark_safe(escape(_("Ik herken dit als %(title)s")) % {"title": conditional_escape(said)})  # noqa: S308 - escaped


def _known(already: bool) -> CheckLine:
    """Whether the same content was taken before."""
    if already:
        return CheckLine(_("Al eerder overgenomen?"), "known", _("ja"), _("Overnemen verandert niets."))
    return CheckLine(_("Al eerder overgenomen?"), "done", _("nieuw bestand"), "")


def _refused(count: int) -> str:
    """'2 rijen geweigerd'; '' when none was."""
    if not count:
        return ""
    text = ngettext("%(count)s rij geweigerd", "%(count)s rijen geweigerd", count)
    return text % {"count": wording.number(count)}
