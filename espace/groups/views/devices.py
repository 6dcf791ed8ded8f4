"""The GEM's own tablet or computer."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from espace.accounts.guard import gem_required
from espace.accounts.shared_device import forget_device
from espace.groups.actions.devices import enrol_device, revoke_device
from espace.groups.forms.mandates import DeviceForm
from espace.groups.grants import device_cookie
from espace.groups.queries import devices as device_queries


@require_http_methods(["GET", "HEAD", "POST"])
@gem_required
def devices(request: HttpRequest) -> HttpResponse:
    """List the GEM's devices and say what they show; enrol the one in use."""
    actor = request.actor
    lines = device_queries.devices_of_gem(actor, actor.gem_id)
    form = DeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token = enrol_device(actor=actor, gem_id=actor.gem_id, **form.cleaned_data)
        forget_device(request.session)
        messages.success(request, _("Cet appareil est inscrit. Pensez à quitter votre compte."))
        response = redirect("groups:devices")
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            device_cookie(token),
            max_age=settings.DEVICE_COOKIE_AGE,
            secure=settings.PRODUCTION,
            httponly=True,
            samesite="Lax",
        )
        return response
    context = {
        "devices": lines,
        "form": form,
        "with_names": device_queries.shows_names(actor.gem_id),
    }
    return render(request, "groups/devices/devices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gem_required
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Ask, then withdraw a device."""
    actor = request.actor
    line = device_queries.device_line(actor, actor.gem_id, device_id)
    if line is None:
        raise Http404
    if request.method != "POST":
        return render(request, "groups/devices/revoke.html", {"device": line})
    revoke_device(actor=actor, gem_id=actor.gem_id, device_id=line.id)
    messages.success(request, _("L'appareil est retiré. Il ne montre plus rien du GEM."))
    response = redirect("groups:devices")
    if line.is_this_one:
        response.delete_cookie(settings.DEVICE_COOKIE_NAME)
    return response
