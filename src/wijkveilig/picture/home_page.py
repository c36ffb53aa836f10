"""What the picture says on the home page: what asks for attention, and which data are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import sentences, wording
from wijkveilig.picture.addresses import AT_SERVER, Addresses
from wijkveilig.picture.data_page import state_of
from wijkveilig.picture.edition import Edition
from wijkveilig.picture.facts import Attention
from wijkveilig.picture.run import draw_spark
from wijkveilig.ui import numbers
from wijkveilig.ui.figures import Column, Link, Table
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.types import Level

MOST_CARDS = 12
"""How many lines stand on the home page with their series; the others follow as links."""
NEWEST = 3
"""How many batches the home page names."""


@dataclass(frozen=True)
class AttentionCard:
    """One line of the attention list with its evidence one click away."""

    title: str
    address: str
    evidence: str
    sure: str
    svg: str
    under: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class HomeHead:
    """The first thing the home page says."""

    title: str
    lede: str


@dataclass(frozen=True)
class BatchLine:
    """One file in a short list: what it is, how far it goes, what became of its rows."""

    title: str
    address: str
    rows: str
    state: str
    words: str


def compose_head(edition: Edition) -> HomeHead:
    """How many things ask for attention and of when the picture is; or that nothing can be expected yet."""
    count = len(edition.attention)
    if not can_expect(edition):
        return HomeHead(_("Er is nog geen verwachting te geven"), _too_young(edition))
    if not count:
        return HomeHead(_("Niets vraagt vandaag aandacht"), _lede(edition))
    text = ngettext("%(count)s ding vraagt vandaag aandacht", "%(count)s dingen vragen vandaag aandacht", count) % {
        "count": wording.count_word(count)
    }
    return HomeHead(capfirst(text), _lede(edition))


def can_expect(edition: Edition) -> bool:
    """Whether there are enough earlier years of any single type: else silence says nothing. One small file."""
    figures = edition.city().figures.get("laatste-12", {})
    return any(figure.expected is not None and not figure.is_sum for figure in figures.values())


def compose_cards(edition: Edition, to: Addresses = AT_SERVER) -> tuple[AttentionCard, ...]:
    """The attention list, the first twelve with their series; reads one area file per line."""
    return tuple(_card(edition, line, to) for line in edition.attention[:MOST_CARDS])


def compose_more(edition: Edition, to: Addresses = AT_SERVER) -> tuple[Link, ...]:
    """What asks for attention beyond the first twelve, as links."""
    return tuple(Link(sentences.attention_title(line), to.area(line.area)) for line in edition.attention[MOST_CARDS:])


def newest(batches: Sequence[Batch]) -> tuple[BatchLine, ...]:
    """Of each kind of file the one that goes furthest, newest first; each says what was refused."""
    counting = [batch for batch in batches if not batch.withdrawn]
    ordered = sorted(counting, key=lambda batch: (batch.last_month or 0, batch.title, batch.id), reverse=True)
    furthest = {batch.title: batch for batch in reversed(ordered)}
    return tuple(_batch_line(batch) for batch in ordered if furthest[batch.title] is batch)[:NEWEST]


def _lede(edition: Edition) -> str:
    """Of when the picture is and over how many areas and subjects; and that the rest is within chance."""
    if edition.attention:
        text = _(
            "Het beeld is van %(month)s en gaat over %(areas)s en %(subjects)s. "
            "Verder stijgt er niets meer dan toeval verklaart."
        )
    else:
        text = _(
            "Het beeld is van %(month)s en gaat over %(areas)s en %(subjects)s. "
            "Er stijgt niets meer dan toeval verklaart."
        )
    return text % _scope(edition)


def _too_young(edition: Edition) -> str:
    return _(
        "Het beeld is van %(month)s en gaat over %(areas)s en %(subjects)s. Voor een verwachting zijn per soort "
        "drie eerdere jaren nodig. Wat er geteld is, staat op de kaart."
    ) % _scope(edition)


def _scope(edition: Edition) -> dict[str, str]:
    """What the picture covers, as words to put in a sentence."""
    return {
        "month": numbers.month_name(edition.reported_until, wording.language()),
        "areas": wording.areas_in_words(Level.NEIGHBOURHOOD, len(edition.areas_at(Level.NEIGHBOURHOOD))),
        "subjects": wording.subjects_in_words(len(edition.indicators)),
    }


def _card(edition: Edition, line: Attention, to: Addresses) -> AttentionCard:
    svg, under = draw_spark(edition.series(line.area), line)
    area = to.area(line.area)
    known = (
        (_("Bekijk %(area)s") % {"area": line.area_name}, area),
        (_("Alle gebieden"), to.indicator(line.indicator)),
        (_("Hoe is dit bepaald?"), to.method()),
    )
    return AttentionCard(
        title=sentences.attention_title(line),
        address=area,
        evidence=sentences.attention_evidence(line),
        sure=sentences.sureness(line.sureness),
        svg=svg,
        under=under,
        links=tuple(Link(label, address) for label, address in known if address),
    )


def origins(edition: Edition) -> Table:
    """The files that the edition was made from."""
    columns = (Column(_("Bestand")), Column(_("Wat het is")), Column(_("Van wie")), Column(_("Licentie")))
    rows = [
        (wording.file_name(origin.file), origin.title, origin.publisher, origin.licence) for origin in edition.made_from
    ]
    return Table(columns, rows, caption=_("De bestanden van dit beeld"))


def _batch_line(batch: Batch) -> BatchLine:
    state, said = state_of(batch)
    return BatchLine(
        title=batch.title,
        address=reverse("picture:batch", args=[batch.id]),
        rows=_rows(batch),
        state=state,
        words=said,
    )


def _rows(batch: Batch) -> str:
    """How far a file goes, how many rows came in and how many were refused."""
    words = {"kept": wording.number(batch.rows_kept), "refused": wording.number(batch.rows_refused)}
    if batch.last_month is None:
        text = ngettext(
            "%(kept)s rij erin, %(refused)s geweigerd", "%(kept)s rijen erin, %(refused)s geweigerd", batch.rows_kept
        )
        return text % words
    words["month"] = numbers.month_name(batch.last_month, wording.language())
    text = ngettext(
        "tot en met %(month)s; %(kept)s rij erin, %(refused)s geweigerd",
        "tot en met %(month)s; %(kept)s rijen erin, %(refused)s geweigerd",
        batch.rows_kept,
    )
    return text % words
