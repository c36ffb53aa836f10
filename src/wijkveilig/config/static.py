"""Static files: addresses that change with their content, and compressed copies where `run` has made them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedStaticFilesStorage

UNMARKED = (".woff2",)
"""Files that a style sheet names by itself: preloaded under another address they would be fetched twice."""


class StaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise ships no types
    """Serves every static file of the rooms; the copy in STATIC_ROOT (with its .gz and .br) when it is still equal.

    So nothing has to be collected before development, and a copy of an older version is never served.
    """

    def add_files(self, root: str, prefix: str | None = None) -> None:
        """The collected copies, if there are any."""
        if Path(root).is_dir():
            super().add_files(root, prefix=prefix)

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Mapping[str, os.stat_result]) -> None:
        """Keep a copy that is known under this address when its content is the same."""
        known = Path(settings.STATIC_ROOT) / url.removeprefix(self.static_prefix)
        if url in self.files and known.is_file() and known.read_bytes() == Path(path).read_bytes():
            return
        super().add_file_to_dictionary(url, path, stat_cache=stat_cache)


class StaticStorage(CompressedStaticFilesStorage):  # type: ignore[misc]  # idem
    """`{% static %}` gives '/static/ui/ui.css?v=1a2b3c4d'; `collectstatic` writes .gz and .br copies beside files."""

    def url(self, name: str | None, *args: object, **kwargs: object) -> str:
        """The address with the first eight signs of the content's SHA-256; without them when there is no file."""
        address = str(super().url(name, *args, **kwargs))
        if str(name).endswith(UNMARKED):
            return address
        mark = _mark(name or "") if not settings.DEBUG else _mark.__wrapped__(name or "")
        return f"{address}?v={mark}" if mark else address


@lru_cache(maxsize=1024)
def _mark(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        return ""
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:8]
