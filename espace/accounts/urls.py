"""Addresses of this package: only the pages of django-allauth that we use, at our own addresses."""

from django.urls import include, path

from espace.accounts.views import (
    address,
    entering,
    institution,
    own_account,
    protection,
    second_step,
    sessions,
)

# The library looks its pages up by these bare names.
library_names = [
    path("entrer/", entering.enter, name="account_login"),
    path("entrer/", entering.enter, name="account_request_login_code"),
    path("entrer/code/", entering.code, name="account_confirm_login_code"),
    path("quitter/", entering.leave, name="account_logout"),
]
our_names = [
    path("entrer/demonstration/", entering.enter_as, name="enter_as"),
    path("entrer/deuxieme-etape/", second_step.second_step, name="second_step"),
    path("entrer/deuxieme-etape/code/", second_step.second_code, name="second_code"),
    path("entrer/deuxieme-etape/cle/", second_step.second_passkey, name="second_passkey"),
    path("entrer/a-nouveau/", entering.enter_again, name="enter_again"),
    path("entrer/cle/", entering.enter_by_passkey, name="enter_by_passkey"),
    path("entrer/institution/", institution.leave_for_it, name="institution"),
    path("entrer/institution/retour/", institution.come_back, name="institution_back"),
    path("entrer/comme-adherent/", second_step.go_on_as_member, name="go_on_as_member"),
    path("mon-compte/", own_account.own_account, name="own_account"),
    path("entrer/adresse-changee/", address.changed, name="address_changed"),
    path("mon-compte/adresse/", address.own_address, name="own_address"),
    path("mon-compte/adresse/code/", address.address_code, name="address_code"),
    path("mon-compte/protection/", protection.overview, name="protection"),
    path("mon-compte/protection/cle/", protection.add_passkey, name="add_passkey"),
    path("mon-compte/protection/cle/nom/", protection.rename_passkey, name="rename_passkey"),
    path("mon-compte/protection/cle/retirer/", protection.remove_passkey, name="remove_passkey"),
    path("mon-compte/protection/application/", protection.add_application, name="add_application"),
    path(
        "mon-compte/protection/application/retirer/",
        protection.remove_application,
        name="remove_application",
    ),
    path("mon-compte/protection/codes/", protection.spare_codes, name="spare_codes"),
    path("mon-compte/appareils/", sessions.sessions, name="sessions"),
    path(
        "mon-compte/appareils/fermer-les-autres/",
        sessions.close_others,
        name="close_other_sessions",
    ),
    path("mon-compte/appareils/fermer/", sessions.close, name="close_session"),
    path("saisie-gardee/", own_account.kept_form, name="kept_form"),
]
urlpatterns = [*library_names, path("", include((our_names, "accounts")))]
