"""What comes in from the pages of people: shape, not policy."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkveilig.people.rules import Role
from wijkveilig.people.words import ROLE_LABELS


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


class BeginForm(forms.Form):
    """The first municipality and its first administrator."""

    code = forms.CharField(label=_("Begincode"), max_length=40, widget=_box(forms.TextInput, autocomplete="off"))
    municipality_code = forms.RegexField(
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
