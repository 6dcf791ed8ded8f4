"""Addresses of this package."""

from django.urls import path

from espace.surveys import views

app_name = "surveys"
SURVEY = "notre-gem/enquete/"
ONE = f"{SURVEY}<uuid:round_id>/"
urlpatterns = [
    path(SURVEY, views.home, name="home"),
    path(f"{SURVEY}ouvrir/", views.open_round, name="open"),
    path(ONE, views.one_round, name="round"),
    path(f"{ONE}papiers/", views.papers, name="papers"),
    path(f"{ONE}terminer/", views.close, name="close"),
    path("repondre/", views.answer, name="answer"),
    path("reseau/enquetes/", views.nationals, name="nationals"),
    path("reseau/enquetes/nouvelle/", views.draw, name="draw"),
    path("reseau/enquetes/annee/", views.rolling, name="rolling"),
    path("reseau/enquetes/annee/tableaux.csv", views.rolling_file, name="rolling_tables"),
    path("reseau/enquetes/<uuid:national_id>/", views.national, name="national"),
    path("reseau/enquetes/<uuid:national_id>/tableaux.csv", views.national_file, name="tables"),
]
