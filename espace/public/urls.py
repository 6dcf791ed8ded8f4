"""Addresses of this package."""

from django.urls import path

from espace.public import views

app_name = "public"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("accueil/", views.home, name="home"),
    path("notre-gem/organisation/", views.organisation, name="organisation"),
    path("aide/", views.help_page, name="help"),
    path("urgence/", views.crisis, name="crisis"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("vos-donnees/", views.privacy, name="privacy"),
    path("mentions-legales/", views.legal, name="legal"),
    path("plan-du-site/", views.site_map, name="site_map"),
]
