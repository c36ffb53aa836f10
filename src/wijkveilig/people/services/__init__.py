"""The verbs of people; other rooms import them from here."""

from wijkveilig.people.services.accounts import (
    assign_role,
    change_password,
    end_role,
    found_organisation,
    register_account,
    welcome_colleague,
)
from wijkveilig.people.services.demo_day import move_demo_today
from wijkveilig.people.services.first_use import begin_municipality, first_use_code
from wijkveilig.people.services.rights import require
from wijkveilig.people.services.sign_in import check_sign_in, choose_role

__all__ = [
    "assign_role",
    "begin_municipality",
    "change_password",
    "check_sign_in",
    "choose_role",
    "end_role",
    "first_use_code",
    "found_organisation",
    "move_demo_today",
    "register_account",
    "require",
    "welcome_colleague",
]
