"""The pages of people, by role."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories

from wijkveilig.people import services
from wijkveilig.people.models import Account, RoleAssignment
from wijkveilig.people.rules import Verb
from wijkveilig.scope import selectors as scope
from wijkveilig.scope.types import Actor, ActorKind, MunicipalityView, RefusedError

ROLES = ["beheerder", "analist", "beleidsadviseur", "gebiedsmanager", "lezer"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", ["/beheer/mensen/", "/beheer/demo/"])
def test_only_an_administrator_opens_a_page_of_administration(
    client_as: Callable[[str], Client], role: str, page: str
) -> None:
    answer = client_as(role).get(page)

    assert answer.status_code == (200 if role == "beheerder" else 403)
    assert ("Dit mag wel met de rol" in answer.text) == (role != "beheerder")


@pytest.mark.parametrize("role", ROLES)
def test_everyone_reads_what_each_role_may(client_as: Callable[[str], Client], role: str) -> None:
    answer = client_as(role).get("/beheer/rollen/")

    assert answer.status_code == 200
    assert all(label in answer.text for label in ROLES)
    assert "data.write" in answer.text


def test_the_bar_shows_administration_to_an_administrator_only(client_as: Callable[[str], Client]) -> None:
    shown = [client_as(role).get("/beheer/rollen/").context["shell"].nav for role in ("beheerder", "lezer")]

    assert ["/beheer/mensen/" in {link.href for link in nav} for nav in shown] == [True, False]


def test_one_works_in_one_role_at_a_time_and_chooses_it(town: MunicipalityView) -> None:
    factories.make_account(town.code, "beheerder", "lezer")
    client = Client()
    client.post("/inloggen/", {"email": "beheerder@gm9901.example", "password": factories.PASSWORD})
    assert client.get("/beheer/mensen/").status_code == 200

    client.post("/rol/", {"role": "lezer"})

    assert client.get("/beheer/mensen/").status_code == 403
    assert client.get("/beheer/rollen/").context["shell"].role_label == "lezer"


def test_a_role_that_one_does_not_have_is_not_chosen(client_as: Callable[[str], Client]) -> None:
    client = client_as("lezer")

    assert client.post("/rol/", {"role": "beheerder"}).status_code == 403
    assert client.get("/beheer/mensen/").status_code == 403


def test_an_administrator_adds_a_colleague_who_can_then_sign_in(client_as: Callable[[str], Client]) -> None:
    facts = {"email": "Nieuw@gm9901.example", "password": "een heel nieuw woord", "name": "Nieuwe Collega"}

    answer = client_as("beheerder").post("/beheer/mensen/", {**facts, "role": "lezer", "organisation": "Politie"})

    assert answer.status_code == 302
    assert Client().post("/inloggen/", facts).status_code == 302


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kort", "te kort. Neem er een van ten minste 12 tekens"),
        ("1qaz2wsx3edc", "gebruiken te veel mensen"),
        ("830495728104", "alleen cijfers"),
    ],
)
def test_a_weak_password_is_not_taken_and_the_page_says_why(
    client_as: Callable[[str], Client], password: str, why: str
) -> None:
    facts = {"email": "nieuw@gm9901.example", "name": "N", "role": "lezer", "organisation": "Politie"}

    answer = client_as("beheerder").post("/beheer/mensen/", {**facts, "password": password})

    assert answer.status_code == 200
    assert why in answer.text
    assert Account.objects.count() == 1


def test_what_is_wrong_in_a_form_is_said_in_dutch(client_as: Callable[[str], Client]) -> None:
    client = client_as("beheerder")

    empty = client.post("/beheer/mensen/", {"csrfmiddlewaretoken": "x"}).context["form"].errors
    wrong = client.post("/beheer/mensen/", {"email": "geen adres", "role": "directeur"}).context["form"].errors

    assert {str(error) for errors in empty.values() for error in errors} == {"Dit veld is verplicht."}
    assert "e-mailadres" in str(wrong["email"])
    assert "Selecteer een geldige keuze" in str(wrong["role"])


def test_an_administrator_ends_a_role(client_as: Callable[[str], Client], town: MunicipalityView) -> None:
    client = client_as("beheerder")
    factories.make_account(town.code, "lezer")
    row = RoleAssignment.objects.get(role="lezer")

    client.post(f"/beheer/mensen/rol/{row.pk}/beeindigen/")

    row.refresh_from_db()
    assert row.ends_at is not None


def test_an_administrator_moves_the_day_of_the_demo(db: None) -> None:
    town = factories.make_town("GM9903", "Waardwijk", "testserver", demo_today=date(2026, 2, 3))
    factories.make_account(town.code, "beheerder")
    client = Client()
    client.post("/inloggen/", {"email": "beheerder@gm9903.example", "password": factories.PASSWORD})

    client.post("/beheer/demo/", {"day": "2026-10-05"})

    assert scope.municipality_of(Actor.command(town.code)).today == date(2026, 10, 5)
    assert "5 oktober 2026" in client.get("/beheer/demo/").text


@pytest.mark.parametrize("day", ["1999-01-01", "2017-12-31", "2100-01-01"])
def test_the_day_of_the_demo_stays_where_there_are_figures(db: None, day: str) -> None:
    town = factories.make_town("GM9903", "Waardwijk", "testserver", demo_today=date(2026, 2, 3))
    factories.make_account(town.code, "beheerder")
    client = Client()
    client.post("/inloggen/", {"email": "beheerder@gm9903.example", "password": factories.PASSWORD})

    page = client.post("/beheer/demo/", {"day": day}).text

    assert scope.municipality_of(Actor.command(town.code)).today == date(2026, 2, 3)
    assert 'href="#id_day"' in page
    assert 'aria-describedby="id_day_error"' in page


def test_the_table_of_roles_names_the_role_in_each_cell(client_as: Callable[[str], Client]) -> None:
    page = client_as("lezer").get("/beheer/rollen/").text

    assert page.count('<td data-label="lezer">') == len(Verb) + 1


def test_a_form_without_its_token_is_refused(town: MunicipalityView) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/inloggen/", {"email": "a@b.example", "password": "x"}).status_code == 403


def test_a_page_costs_session_account_role_and_municipality(client_as: Callable[[str], Client]) -> None:
    client = client_as("beheerder")
    client.get("/over/privacy/")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/over/privacy/")

    assert len(asked) <= 4, [one["sql"] for one in asked]


def change(client: Client, current: str, password: str) -> str:
    """What the page says after asking for another password."""
    return client.post("/wachtwoord/", {"current": current, "password": password}, follow=True).text


def test_one_changes_ones_password_and_works_on(client_as: Callable[[str], Client]) -> None:
    client = client_as("lezer")

    page = change(client, factories.PASSWORD, "een heel nieuw woord")

    assert "Uw wachtwoord is veranderd" in page
    assert client.get("/beheer/rollen/").status_code == 200
    assert Account.objects.get().check_password("een heel nieuw woord")


def test_another_password_ends_the_other_sessions(client_as: Callable[[str], Client], town: MunicipalityView) -> None:
    client, elsewhere = client_as("lezer"), Client()
    elsewhere.post("/inloggen/", {"email": "lezer@gm9901.example", "password": factories.PASSWORD})
    assert elsewhere.get("/beheer/rollen/").status_code == 200

    change(client, factories.PASSWORD, "een heel nieuw woord")

    assert elsewhere.get("/beheer/rollen/").status_code == 302


@pytest.mark.parametrize(("current", "password"), [("verkeerd", "een heel nieuw woord"), (factories.PASSWORD, "kort")])
def test_a_password_is_not_changed_by_a_guess_nor_into_a_weak_one(
    client_as: Callable[[str], Client], current: str, password: str
) -> None:
    change(client_as("lezer"), current, password)

    assert Account.objects.get().check_password(factories.PASSWORD)


def test_the_password_of_a_demo_account_stays(town: MunicipalityView) -> None:
    demo = factories.make_town("GM9903", "Waardwijk", "demo.example", demo_today=date(2026, 2, 3))
    account = factories.make_account(demo.code, "lezer", is_demo=True)
    actor = Actor(ActorKind.ACCOUNT, demo.code, account_id=account, role="lezer")

    with pytest.raises(RefusedError) as no:
        services.change_password(actor=actor, current=factories.PASSWORD, password="een heel nieuw woord")

    assert no.value.refused.code == "demo_password_stays"


@pytest.mark.django_db
def test_an_empty_installation_begins_with_its_municipality() -> None:
    client = Client()

    first = client.get("/")
    page = client.get("/begin/")

    assert first["Location"] == "/begin/"
    assert "Kies uw gemeente" in page.text


BEGIN_FACTS = {
    "municipality_code": "GM0505",
    "municipality": "Proefstad",
    "name": "Noor Voorbeeld",
    "email": "noor@proefstad.example",
    "password": "een heel nieuw woord",
}


@pytest.mark.django_db
def test_who_has_the_code_begins_the_installation_and_is_its_administrator() -> None:
    client, code = Client(), services.first_use_code()

    client.post("/begin/", {**BEGIN_FACTS, "code": code})

    signed = client.post("/inloggen/", {"email": "noor@proefstad.example", "password": "een heel nieuw woord"})
    assert signed.status_code == 302
    assert client.get("/beheer/mensen/").status_code == 200
    assert services.first_use_code() is None


@pytest.mark.django_db
def test_a_municipality_code_may_be_written_in_small_letters() -> None:
    facts = {**BEGIN_FACTS, "code": services.first_use_code(), "municipality_code": " gm0505 "}

    Client().post("/begin/", facts)

    assert [one.code for one in scope.municipalities()] == ["GM0505"]


@pytest.mark.django_db
def test_what_is_not_well_filled_in_is_named_above_the_form_with_a_link_to_its_field() -> None:
    facts = {**BEGIN_FACTS, "code": services.first_use_code(), "municipality_code": "0505", "email": "geen adres"}

    page = Client().post("/begin/", facts).text

    summary = page[page.index('class="error-summary"') :]
    assert re.findall(r'<a href="#(\w+)">', summary) == ["id_municipality_code", "id_email"]
    assert "Het wachtwoord bewaren wij niet" in page
    assert "<title>Fout:" in page
    described = re.findall(r'aria-describedby="([^"]*id_municipality_code_error[^"]*)"', page)
    assert described, "the field is described by its error"
    assert all(f'id="{name}"' in page for name in described[0].split())


@pytest.mark.django_db
def test_who_begins_by_localhost_comes_back_by_its_number() -> None:
    facts = {**BEGIN_FACTS, "code": services.first_use_code()}

    Client().post("/begin/", facts, headers={"host": "localhost:8000"})

    assert Account.objects.get().name == "Noor Voorbeeld"
    assert Client().get("/inloggen/", headers={"host": "127.0.0.1:8000"}).status_code == 200


@pytest.mark.django_db
def test_who_lacks_the_code_begins_nothing() -> None:
    services.first_use_code()

    answer = Client().post("/begin/", {**BEGIN_FACTS, "code": "geraden"})

    assert answer.status_code == 403
    assert not scope.has_municipality()


def test_an_installation_begins_once(town: MunicipalityView) -> None:
    answer = Client().post("/begin/", {**BEGIN_FACTS, "code": "geraden"})

    assert answer["Location"] == "/inloggen/"
    assert len(scope.municipalities()) == 1
