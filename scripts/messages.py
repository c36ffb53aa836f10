"""The translations of Wijkveilig, without gettext on the machine: extract, check and compile.

    python scripts/messages.py extract    bring the English catalogue up to date with the sources
    python scripts/messages.py check      say which sentences have no English yet (exit 1 when there are)
    python scripts/messages.py compile    write the .mo files that Django reads

Dutch is the language of the sources, so a message's own text is its Dutch; English is the one catalogue.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "wijkveilig"
LOCALE = PACKAGE / "locale"
CATALOGUE = LOCALE / "en" / "LC_MESSAGES" / "django.po"

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
"""The functions of Django that mark a message, as Babel wants them."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A message that the English catalogue lacks, or has in a way that would go wrong on the page."""

    message: str
    why: str


def _texts() -> Iterator[tuple[Path, bytes]]:
    """Each source of messages: Python as it stands, templates turned into Python by Django itself."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, path.read_bytes()
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()


def wanted() -> Catalog:
    """Every message in the sources, without translations."""
    catalogue = Catalog(domain="django", charset="utf-8")
    for path, source in _texts():
        options = {"encoding": "utf-8"}
        for _line, message, comments, context in extract("python", BytesIO(source), KEYWORDS, ["Vertaler:"], options):
            catalogue.add(message, context=context, locations=[(path.name, 0)], auto_comments=comments)
    return catalogue


def known() -> Catalog:
    """The English catalogue as it stands; empty when there is none."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", domain="django", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def gaps() -> list[Gap]:
    """What keeps the English catalogue from being complete; an empty list is the aim."""
    english, found = known(), []
    sources = wanted()
    for message in sources:
        if message.id:
            found += _gaps_of(message, english.get(message.id, message.context))
    spare = [message for message in english if message.id and sources.get(message.id, message.context) is None]
    return found + [Gap(_first(message), "no source has this message any more") for message in spare]


def _gaps_of(message: Message, answer: Message | None) -> list[Gap]:
    name = _first(message)
    if answer is None:
        return [Gap(name, "not in the catalogue: run `python scripts/messages.py extract`")]
    if answer.fuzzy:
        return [Gap(name, "marked as a guess (fuzzy)")]
    forms = answer.string if isinstance(answer.string, (list, tuple)) else (answer.string,)
    if not all(forms):
        return [Gap(name, "has no English")]
    return [Gap(name, str(error)) for error in answer.check(known_shape())]


def known_shape() -> Catalog:
    """An empty English catalogue: what Babel's own checks of placeholders and plurals compare with."""
    return Catalog(locale="en")


def _first(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (list, tuple)) else message.id)


def extract_messages() -> Path:
    """Write the English catalogue with today's messages: translations stay, messages that are gone go."""
    english = known()
    english.update(wanted(), no_fuzzy_matching=True)
    english.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, english, no_location=True, sort_output=True, omit_header=False, ignore_obsolete=True)
    return CATALOGUE


def compile_messages() -> list[Path]:
    """Write a .mo beside each .po; returns what was written."""
    written = []
    for path in sorted(LOCALE.rglob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name, domain="django")
        target, draft = path.with_suffix(".mo"), path.with_suffix(f".mo.{os.getpid()}")
        with draft.open("wb") as out:
            write_mo(out, catalogue)
        draft.replace(target)
        written.append(target)
    return written


def main(words: list[str]) -> int:
    """Do one of extract, check or compile; 2 for anything else."""
    match words:
        case ["extract"]:
            print(extract_messages())
        case ["compile"]:
            print(*compile_messages(), sep="\n")
        case ["check"]:
            for gap in (missing := gaps()):
                print(f"{gap.message!r}: {gap.why}")
            return 1 if missing else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
