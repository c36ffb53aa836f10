"""Just enough Django to word sentences and fill templates: no database, no rooms, no environment.

For commands that make files and need no installation; within an installation this does nothing.
"""

from __future__ import annotations

from pathlib import Path

import django
from django.conf import settings
from django.utils import translation

PACKAGE = Path(__file__).resolve().parent.parent


def set_up() -> None:
    """Settings for templates and Dutch sentences; the language is Dutch, whatever the machine speaks."""
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=[],
            LANGUAGE_CODE="nl",
            LANGUAGES=[("nl", "Nederlands"), ("en", "English")],
            LOCALE_PATHS=[PACKAGE / "locale"],
            USE_I18N=True,
            USE_TZ=True,
            TIME_ZONE="Europe/Amsterdam",
            TEMPLATES=[
                {
                    "BACKEND": "django.template.backends.django.DjangoTemplates",
                    "DIRS": [PACKAGE / "ui" / "templates", PACKAGE / "picture" / "templates"],
                    "OPTIONS": {
                        "libraries": {
                            "ui": "wijkveilig.ui.templatetags.ui",
                            "partials": "template_partials.templatetags.partials",
                        },
                    },
                }
            ],
        )
        django.setup()
    translation.activate("nl")
