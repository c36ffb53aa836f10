"""Pages of people: sign in and out, choose a role, what roles may do, colleagues, the demo's day, first use."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wijkveilig.people import selectors, services
from wijkveilig.people.forms import BeginForm, ColleagueForm, DemoDayForm, PasswordForm, SignInForm
from wijkveilig.people.http import PeopleRequest, address_of, close_session, keep_session, open_session
from wijkveilig.people.types import DEMO_PASSWORD
from wijkveilig.scope import clock, refusals
from wijkveilig.scope.types import RefusedError


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: PeopleRequest) -> HttpResponse:
    """The sign-in page; a demo municipality shows its accounts."""
    form = SignInForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _sign_in_page(request, form)
    now = clock.now()
    try:
        account = services.check_sign_in(actor=request.actor, address=address_of(request), at=now, **form.cleaned_data)
    except RefusedError as no:
        refusals.note(no.refused, request.actor)
        return _sign_in_page(request, form, no)
    open_session(request, account, request.POST.get("role", ""), now)
    return redirect(_onward(request))


def _sign_in_page(request: PeopleRequest, form: SignInForm, no: RefusedError | None = None) -> HttpResponse:
    accounts = selectors.demo_accounts(request.actor, clock.now())
    page = {
        "form": form,
        "refused": no.refused if no else None,
        "demo_accounts": accounts,
        "demo_password": DEMO_PASSWORD if accounts else "",
        "onward": _onward(request),
    }
    status = 429 if no and no.refused.code == "too_many_attempts" else 200
    return render(request, "people/sign_in.html", page, status=status)


def _onward(request: PeopleRequest) -> str:
    """Where to go next: the page that was asked for, if it is one of ours."""
    page = request.POST.get("verder") or request.GET.get("verder") or "/"
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "/"


@login_not_required
@require_POST
def sign_out(request: PeopleRequest) -> HttpResponse:
    """End the session."""
    close_session(request)
    return redirect("people:sign_in")


@require_POST
def choose_role(request: PeopleRequest) -> HttpResponse:
    """Work on in another role that one has."""
    held = services.choose_role(actor=request.actor, role=request.POST.get("role", ""), at=clock.now())
    request.session["role"] = held.role
    messages.success(request, _("U werkt nu als %(role)s.") % {"role": held.label})
    return redirect("/")


@require_GET
def roles(request: PeopleRequest) -> HttpResponse:
    """The table role by verb, with what each verb means in this installation."""
    services.require(request.actor, "roles.read")
    table = selectors.rights_table(request.actor, clock.now())
    return render(request, "people/roles.html", {"table": table})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def people(request: PeopleRequest) -> HttpResponse:
    """Who works here in which role; add a colleague."""
    services.require(request.actor, "people.manage")
    form = ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.welcome_colleague(actor=request.actor, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("%(name)s kan nu inloggen.") % {"name": form.cleaned_data["name"]})
        return redirect("people:people")
    page = {
        "form": form,
        "colleagues": selectors.colleagues(request.actor, clock.now()),
        "organisations": selectors.organisations(request.actor),
    }
    return render(request, "people/people.html", page)


@require_POST
def end_role(request: PeopleRequest, assignment_id: int) -> HttpResponse:
    """End a role of a colleague at once."""
    services.end_role(actor=request.actor, assignment_id=assignment_id, at=clock.now())
    messages.success(request, _("De rol is beëindigd en geeft geen toegang meer."))
    return redirect("people:people")


@require_http_methods(["GET", "POST"])
def demo_day(request: PeopleRequest) -> HttpResponse:
    """The day of the demo municipality, and the form that moves it."""
    services.require(request.actor, "people.manage")
    form = DemoDayForm(request.POST or None, initial={"day": request.municipality.today})
    if request.method == "POST" and form.is_valid():
        services.move_demo_today(actor=request.actor, to=form.cleaned_data["day"])
        return redirect("people:demo_day")
    return render(request, "people/demo_day.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: PeopleRequest) -> HttpResponse:
    """Change one's own password; the session goes on, every other session of the account ends."""
    form = PasswordForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "people/password.html", {"form": form})
    try:
        account = services.change_password(actor=request.actor, **form.cleaned_data)
    except RefusedError as no:
        return render(request, "people/password.html", {"form": form, "refused": no.refused})
    keep_session(request, account)
    messages.success(request, _("Uw wachtwoord is veranderd."))
    return redirect("people:roles")


@login_not_required
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def begin(request: PeopleRequest) -> HttpResponse:
    """First use of an installation without municipalities: choose the municipality and become its administrator."""
    form = BeginForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if services.first_use_code() is None:
        return redirect("people:sign_in")
    if request.method == "GET" or not form.is_valid():
        return render(request, "people/begin.html", {"form": form})
    try:
        services.begin_municipality(host=request.get_host(), at=clock.now(), **form.cleaned_data)
    except RefusedError as no:
        return render(request, "people/begin.html", {"form": form, "refused": no.refused}, status=403)
    return redirect("people:sign_in")
