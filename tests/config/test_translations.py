"""The English catalogue is complete, and what completes it works without gettext on the machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from scripts import messages

from wijkveilig.scope.types import MunicipalityView


def test_every_sentence_has_its_english() -> None:
    assert [f"{gap.message}: {gap.why}" for gap in messages.gaps()] == []


def test_a_sentence_of_a_template_and_of_code_are_both_found() -> None:
    found = {message.id for message in messages.wanted()}

    assert "Wat elke rol mag" in found  # a template
    assert "Dit hoort niet bij de rol %(role)s." in found  # code
    assert any(isinstance(one, tuple) and one[0].startswith("Eén account") for one in found)  # a plural


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A package of one file and an English catalogue of its own."""
    (tmp_path / "page.py").write_text(
        '_("Eerste %(name)s")\n_("Tweede")\nngettext("Eén gebied", "%(count)s gebieden", 2)\n'
    )
    path = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(messages, "CATALOGUE", path)
    return path


def gaps_with(catalogue: Path, first: str, second: str = "Second", more: str = "") -> list[str]:
    """The gaps when the catalogue says this."""
    catalogue.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        f'#, python-format\nmsgid "Eerste %(name)s"\nmsgstr "{first}"\n\n'
        f'msgid "Tweede"\nmsgstr "{second}"\n\n'
        '#, python-format\nmsgid "Eén gebied"\nmsgid_plural "%(count)s gebieden"\n'
        f'msgstr[0] "One area"\nmsgstr[1] "%(count)s areas"\n\n{more}'
    )
    return [gap.message for gap in messages.gaps()]


def test_a_complete_catalogue_has_no_gaps(catalogue: Path) -> None:
    assert gaps_with(catalogue, "First %(name)s") == []


@pytest.mark.parametrize(
    ("first", "second", "more", "gap"),
    [
        ("", "Second", "", "Eerste %(name)s"),
        ("First %(nome)s", "Second", "", "Eerste %(name)s"),
        ("First %(name)s", "", "", "Tweede"),
        ("First %(name)s", "Second", 'msgid "Vierde"\nmsgstr "Fourth"\n', "Vierde"),
    ],
)
def test_a_gap_is_found(catalogue: Path, first: str, second: str, more: str, gap: str) -> None:
    assert gaps_with(catalogue, first, second, more) == [gap]


def test_extracting_keeps_what_is_translated_and_drops_what_is_gone(catalogue: Path) -> None:
    gaps_with(catalogue, "First %(name)s", "", 'msgid "Vierde"\nmsgstr "Fourth"\n')

    messages.extract_messages()

    text = catalogue.read_text()
    assert 'msgstr "First %(name)s"' in text
    assert "Vierde" not in text
    assert [gap.message for gap in messages.gaps()] == ["Tweede"]


def test_a_compiled_catalogue_is_what_django_reads(catalogue: Path) -> None:
    gaps_with(catalogue, "First %(name)s")

    (written,) = messages.compile_messages()

    with written.open("rb") as file:
        known = translation.trans_real.gettext_module.GNUTranslations(file)
    assert known.gettext("Tweede") == "Second"
    assert known.ngettext("Eén gebied", "%(count)s gebieden", 2) == "%(count)s areas"


def test_the_page_speaks_english_when_asked(town: MunicipalityView) -> None:
    client = Client()
    client.cookies["language"] = "en"

    assert "Sign in" in client.get("/inloggen/").text
