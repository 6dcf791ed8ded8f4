"""Addresses, in French."""

from django.urls import include, path

from espace.open_data.api import api

urlpatterns = [
    path("", include("espace.public.urls")),
    path("", include("espace.ui.urls")),
    path("", include("espace.accounts.urls")),
    path("", include("espace.groups.urls")),
    path("", include("espace.binder.urls")),
    path("", include("espace.cards.urls")),
    path("", include("espace.activities.urls")),
    path("", include("espace.governance.urls")),
    path("", include("espace.surveys.urls")),
    path("", include("espace.indicators.urls")),
    path("", include("espace.imports.urls")),
    path("", include("espace.privacy.urls")),
    path("", include("espace.federation.urls")),
    path("", include("espace.reports.urls")),
    path("", include("espace.partners.urls")),
    path("", include("espace.open_data.urls")),
    path("api/v1/", api.urls),
]

handler400 = "espace.public.views.not_understood"
handler403 = "espace.public.views.not_allowed"
handler404 = "espace.public.views.not_found"
handler500 = "espace.public.views.broken"
