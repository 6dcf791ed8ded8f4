"""Addresses of the frame itself: how pages look, and what a phone keeps for offline."""

from django.urls import path

from espace.ui import views

app_name = "ui"
urlpatterns = [
    path("affichage/", views.display, name="display"),
    path("style/", views.style, {"page": "index"}, name="style"),
    path("style/<slug:page>/", views.style, name="style_page"),
    path("hors-ligne/", views.offline, name="offline"),
    path("manifeste.json", views.manifest, name="manifest"),
    path("sw.js", views.worker, name="worker"),
]
