"""Addresses of this package."""

from django.urls import path

from espace.open_data import views

app_name = "open_data"
urlpatterns = [
    path("donnees-ouvertes/", views.home, name="home"),
]
