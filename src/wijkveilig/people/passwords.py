"""The rules for passwords (NCSC: long, not common), each with its own sentence.

Django's Dutch catalogue misses some of its sentences; ours are in our own.
"""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    """At least `min_length` signs."""

    def get_error_message(self) -> str:
        """What is wrong, with the number that is asked."""
        return _("Dit wachtwoord is te kort. Neem er een van ten minste %(count)s tekens.") % {"count": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    """Not one of the 20,000 most used passwords."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("Dit wachtwoord gebruiken te veel mensen. Neem een eigen zin.")


class NotOnlyFigures(password_validation.NumericPasswordValidator):
    """Not figures alone."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("Dit wachtwoord heeft alleen cijfers. Neem er ook letters bij.")
