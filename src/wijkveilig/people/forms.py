"""What comes in from the pages of people: shape, not policy."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkveilig.people.rules import Role
from wijkveilig.people.words import ROLE_LABELS
from wijkveilig.ui import numbers

FIRST_DEMO_DAY, LAST_DEMO_DAY = date(2018, 1, 1), date(2099, 12, 31)
"""The days on which a demo municipality can be: its invented figures begin in January 2018."""


def _box(kind: type[forms.widgets.Input], **attributes: str) -> forms.widgets.Input:
    """An input box in the look of the house."""
    return kind(attrs={"class": "in", **attributes})


class SignInForm(forms.Form):
    """E-mail address and password."""

    email = forms.EmailField(
        label=_("E-mailadres"), max_length=254, widget=_box(forms.EmailInput, autocomplete="username")
    )
    password = forms.CharField(
        label=_("Wachtwoord"),
        max_length=256,
        strip=False,
        widget=_box(forms.PasswordInput, autocomplete="current-password"),
    )


class NewPasswordField(forms.CharField):
    """A password that must pass the house's validators."""

    def __init__(self, label: Promise) -> None:
        super().__init__(
            label=label,  # type: ignore[arg-type]  # the stubs know lazy text by a private name only
            max_length=256,
            strip=False,
            widget=_box(forms.PasswordInput, autocomplete="new-password"),
            help_text=_("Ten minste twaalf tekens. Een zin van een paar woorden is goed te onthouden."),
        )
        self.validators.append(validate_password)


class MunicipalityCodeField(forms.RegexField):
    """GM and four signs; small letters and blanks around it are taken as they are meant."""

    def to_python(self, value: object) -> str:
        """The code in capitals."""
        return str(super().to_python(value)).strip().upper()


class BeginForm(forms.Form):
    """The first municipality and its first administrator."""

    code = forms.CharField(label=_("Begincode"), max_length=40, widget=_box(forms.TextInput, autocomplete="off"))
    municipality_code = MunicipalityCodeField(
        label=_("Gemeentecode"),
        regex=r"^GM[0-9A-Z]{4}$",
        widget=_box(forms.TextInput, autocomplete="off"),
        help_text=_("GM met vier tekens, zoals GM9901. U vindt hem bij het CBS."),
        error_messages={"invalid": _("Een gemeentecode is GM met vier tekens, zoals GM9901.")},
    )
    municipality = forms.CharField(label=_("Naam van uw gemeente"), max_length=80, widget=_box(forms.TextInput))
    name = forms.CharField(label=_("Uw naam"), max_length=120, widget=_box(forms.TextInput, autocomplete="name"))
    email = forms.EmailField(
        label=_("Uw e-mailadres"), max_length=254, widget=_box(forms.EmailInput, autocomplete="username")
    )
    password = NewPasswordField(_("Wachtwoord"))


class DemoDayForm(forms.Form):
    """The day that it is in the demo municipality."""

    day = forms.DateField(
        label=_("Vandaag is het"), widget=forms.DateInput(attrs={"class": "in", "type": "date"}, format="%Y-%m-%d")
    )

    def clean_day(self) -> date:
        """A day on which the demo can be: not before its figures begin."""
        day: date = self.cleaned_data["day"]
        if not FIRST_DEMO_DAY <= day <= LAST_DEMO_DAY:
            words = {"first": numbers.day(FIRST_DEMO_DAY), "last": numbers.day(LAST_DEMO_DAY)}
            raise forms.ValidationError(_("Kies een dag van %(first)s tot en met %(last)s."), params=words)
        return day


class ColleagueForm(forms.Form):
    """A colleague with a role in an organisation; the password is for an account that is new."""

    name = forms.CharField(label=_("Naam"), max_length=120, widget=_box(forms.TextInput, autocomplete="off"))
    email = forms.EmailField(label=_("E-mailadres"), max_length=254, widget=_box(forms.EmailInput, autocomplete="off"))
    role = forms.ChoiceField(
        label=_("Rol"),
        choices=[(role.value, ROLE_LABELS[role]) for role in Role],
        initial=Role.READER.value,
        widget=forms.Select(attrs={"class": "pick"}),
    )
    organisation = forms.CharField(
        label=_("Organisatie"), max_length=120, widget=_box(forms.TextInput, list="organisaties")
    )
    password = NewPasswordField(_("Wachtwoord"))


class PasswordForm(forms.Form):
    """One's own password: the one of now and the next."""

    current = forms.CharField(
        label=_("Huidig wachtwoord"),
        max_length=256,
        strip=False,
        widget=_box(forms.PasswordInput, autocomplete="current-password"),
    )
    password = NewPasswordField(_("Nieuw wachtwoord"))
