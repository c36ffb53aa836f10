"""Pages of the data: files and freshness, one check report, adding, progress, undo."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkveilig.people import services as people
from wijkveilig.picture import data_page, intake, progress_page, selectors, services
from wijkveilig.picture.forms import AddForm, uploads_in
from wijkveilig.scope.http import Request
from wijkveilig.warehouse.batch import Batch


@require_safe
def batches(request: Request) -> HttpResponse:
    """All files with their freshness and what became of their rows; uploads that waited too long go on the way."""
    services.sweep_uploads(actor=request.actor)
    found = selectors.batches(request.actor)
    page = {"rows": data_page.compose_rows(found), "lede": data_page.freshness(found)}
    return render(request, "picture/data.html", page)


@require_safe
def batch(request: Request, batch: str) -> HttpResponse:
    """The check report of one file."""
    page = data_page.compose_batch(_batch(request, batch), selectors.area_names(request.actor))
    return render(request, "picture/batch.html", {"page": page})


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, batch: str) -> HttpResponse:
    """Ask once more, then take a file out of the count and order a new picture."""
    people.require(request.actor, "data.write")
    found = _batch(request, batch)
    if request.method == "GET":
        return render(request, "picture/withdraw.html", {"page": data_page.compose_batch(found, {})})
    services.withdraw_batch(actor=request.actor, batch=found.id)
    messages.success(
        request, _("%(title)s telt niet meer mee. Het beeld wordt opnieuw gemaakt.") % {"title": found.title}
    )
    return redirect("picture:progress")


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Choose files, then see what they are and how they will be read."""
    people.require(request.actor, "data.write")
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm()
    if request.method == "POST" and form.is_valid():
        kept = intake.keep(actor=request.actor, files=form.cleaned_data["chosen"])
        return redirect(f"{reverse('picture:add')}?{urlencode({'upload': kept}, doseq=True)}")
    uploads = uploads_in(request.GET.getlist("upload"))
    if not uploads:
        return render(request, "picture/add.html", {"form": form}, status=422 if form.errors else 200)
    return render(request, "picture/preview.html", {"page": intake.look(request.actor, uploads, request.at)})


@require_POST
def accept(request: Request) -> HttpResponse:
    """Take the files that were looked at; a new picture is ordered."""
    people.require(request.actor, "data.write")
    replace = [value for value in request.POST.getlist("replace") if value]
    uploads = uploads_in(request.POST.getlist("upload"))
    taken = intake.take(actor=request.actor, uploads=uploads, replace=replace, at=request.at)
    if taken.refused:
        return render(request, "picture/refused.html", {"page": taken}, status=409)
    if taken.accepted:
        return redirect("picture:progress")
    messages.info(request, _("Dit bestand was al overgenomen. Er is niets veranderd."))
    return redirect("picture:data")


@require_POST
def drop(request: Request) -> HttpResponse:
    """Take nothing; what was kept apart is thrown away."""
    people.require(request.actor, "data.write")
    intake.leave(actor=request.actor, uploads=uploads_in(request.POST.getlist("upload")))
    messages.info(request, _("Er is niets overgenomen."))
    return redirect("picture:data")


@require_POST
def rebuild(request: Request) -> HttpResponse:
    """Order a new picture from the files that count now."""
    services.order_rebuild(actor=request.actor)
    return redirect("picture:progress")


@require_safe
def progress(request: Request) -> HttpResponse:
    """How far the new picture is; the fragment is asked again every two seconds."""
    template = "picture/progress.html#stand" if request.headers.get("HX-Request") else "picture/progress.html"
    return render(request, template, {"page": progress_page.compose(selectors.progress(request.actor))})


def _batch(request: Request, batch: str) -> Batch:
    """The batch that an address names; 404 when there is none."""
    found = selectors.batch(request.actor, batch)
    if found is None:
        raise Http404(_("Dit bestand is hier niet bekend."))
    return found
