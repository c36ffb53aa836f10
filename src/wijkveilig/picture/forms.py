"""What comes in from the data pages: files to add, and which kept uploads a button is about."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 200 * 1024 * 1024
"""The largest file that a page takes, in bytes; larger ones go by `wijkveilig ingest`."""
MOST_FILES = 20
"""How many files a page takes at once."""
UPLOAD = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
"""How a kept upload is named in an address."""


class ManyFilesInput(forms.ClearableFileInput):
    """A file field in which a reader can choose more than one file."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of uploaded files, each checked like a single one."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files in the order in which they were chosen; ValidationError without any."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files or [None]]


class AddForm(forms.Form):
    """One or more files to look at; nothing is taken yet."""

    chosen = ManyFilesField(
        label=_("Bestanden"),
        allow_empty_file=True,
        error_messages={"required": _("Kies eerst een bestand. U mag er ook meer kiezen.")},
    )

    def clean_chosen(self) -> list[UploadedFile[Any]]:
        """Not too many and none too large; the message says what to do instead."""
        files: list[UploadedFile[Any]] = self.cleaned_data["chosen"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("U koos meer dan %(most)s bestanden. Voeg ze in delen toe."), params={"most": MOST_FILES}
            )
        for file in files:
            if (file.size or 0) > LARGEST:
                raise forms.ValidationError(
                    _("%(file)s is groter dan 200 MB. Vraag uw beheerder om het met het commando in te lezen."),
                    params={"file": file.name},
                )
        return files


def uploads_in(values: list[str]) -> list[str]:
    """The kept uploads that an address or a button names; anything else is left out."""
    return [value for value in dict.fromkeys(values[:MOST_FILES]) if UPLOAD.match(value)]
