"""Addresses of this package: only the pages of django-allauth that we use, at our own addresses."""

from django.urls import include, path

from espace.accounts import views

# The library looks its pages up by these bare names.
library_names = [
    path("entrer/", views.enter, name="account_login"),
    path("entrer/", views.enter, name="account_request_login_code"),
    path("entrer/code/", views.code, name="account_confirm_login_code"),
    path("quitter/", views.leave, name="account_logout"),
]
our_names = [
    path("entrer/demonstration/", views.enter_as, name="enter_as"),
    path("mon-compte/", views.own_account, name="own_account"),
    path("saisie-gardee/", views.kept_form, name="kept_form"),
]
urlpatterns = [*library_names, path("", include((our_names, "accounts")))]
