"""Static files: from the rooms themselves, or from compressed copies that are still the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory

from wijkveilig.config.static import StaticMiddleware

pytestmark = [pytest.mark.slow, pytest.mark.django_db]  # the end of an answer looks after database connections


@pytest.fixture
def collected(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder with the compressed copies of all static files, as `run` makes it."""
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", verbosity=0, interactive=False)
    return tmp_path / "static"


def serve(address: str) -> tuple[bytes, str]:
    """The bytes of a static file for a browser that reads gzip, and how they are compressed."""
    request = RequestFactory().get(address, headers={"Accept-Encoding": "gzip"})
    answer = StaticMiddleware(lambda _: HttpResponse(status=404))(request)
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content)
    answer.close()
    return body, answer.headers.get("Content-Encoding", "")


def original(name: str) -> bytes:
    """The file as it stands in its room."""
    found = finders.find(name)
    assert isinstance(found, str)
    return Path(found).read_bytes()


def test_a_file_is_served_from_its_room_when_nothing_was_collected(settings: LazySettings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "none"

    assert serve("/static/ui/ui.css") == (original("ui/ui.css"), "")


def test_a_collected_file_is_served_compressed(collected: Path) -> None:
    body, encoding = serve("/static/ui/ui.css")

    assert encoding == "gzip"
    assert body == (collected / "ui" / "ui.css.gz").read_bytes()


def test_a_copy_of_an_older_version_is_not_served(collected: Path) -> None:
    (collected / "ui" / "ui.css").write_text("/* older */")

    assert serve("/static/ui/ui.css") == (original("ui/ui.css"), "")
