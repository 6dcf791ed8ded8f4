"""Addresses of this package."""

from django.urls import path

from espace.groups.choices import PartnerPlace
from espace.groups.views import devices, lists, mandates, opening, profile, roll, states

app_name = "groups"
urlpatterns = [
    path("ouvrir/", opening.words, name="opening"),
    path("ouvrir/votre-gem/", opening.our_gem, name="opening_gem"),
    path("ouvrir/vous/", opening.person, name="opening_person"),
    path("ouvrir/et-maintenant/", opening.done, name="opening_done"),
    path("notre-gem/etat/", states.state, name="state"),
    path("changer-de-gem/", mandates.change_gem, name="change_gem"),
    path("notre-gem/roles/", mandates.roles, name="roles"),
    path("notre-gem/roles/donner/", mandates.give, name="give_role"),
    path(
        "notre-gem/roles/<uuid:mandate_id>/adresse/",
        mandates.change_address,
        name="change_address",
    ),
    path("notre-gem/roles/<uuid:mandate_id>/terminer/", mandates.end, name="end_role"),
    path("notre-gem/appareils/", devices.devices, name="devices"),
    path("notre-gem/appareils/<uuid:device_id>/retirer/", devices.revoke, name="revoke_device"),
    path("notre-gem/listes/", lists.all_lists, name="lists"),
    path("notre-gem/listes/tout.zip", lists.everything, name="archive"),
    path("notre-gem/listes/<slug:slug>.<str:form>", lists.file, name="list_file"),
    path("notre-gem/carnet/", roll.people, name="roll"),
    path("notre-gem/carnet/ajouter/", roll.add, name="roll_add"),
    path("notre-gem/carnet/moi/", roll.mine, name="my_line"),
    path("notre-gem/carnet/<uuid:person_id>/", roll.line, name="line"),
    path("notre-gem/carnet/<uuid:person_id>/nom/", roll.name, name="line_name"),
    path("notre-gem/carnet/<uuid:person_id>/dessin/", roll.sign, name="line_sign"),
    path("notre-gem/carnet/<uuid:person_id>/dire/", roll.said, name="line_said"),
    path("notre-gem/carnet/<uuid:person_id>/adhesion/", roll.membership, name="line_membership"),
    path(
        "notre-gem/carnet/<uuid:person_id>/adhesion/<int:year>/retirer/",
        roll.membership_removed,
        name="membership_removed",
    ),
    path("notre-gem/carnet/<uuid:person_id>/cacher/", roll.hide, name="line_hide"),
    path("notre-gem/carnet/<uuid:person_id>/montrer/", roll.show, name="line_show"),
    path("notre-gem/carnet/<uuid:person_id>/retirer/", roll.remove, name="line_remove"),
    path("notre-gem/fiche/", profile.card, name="profile"),
    path("notre-gem/fiche/lieu/", profile.place, name="profile_place"),
    path("notre-gem/fiche/commune/", profile.commune, name="profile_commune"),
    path("notre-gem/fiche/public/", profile.public, name="profile_public"),
    path("notre-gem/fiche/local/", profile.premises, name="profile_premises"),
    path("notre-gem/fiche/gestion/", profile.management, name="profile_management"),
    path(
        "notre-gem/fiche/parrain/",
        profile.partner,
        {"place": PartnerPlace.SPONSOR},
        name="profile_sponsor",
    ),
    path(
        "notre-gem/fiche/gestionnaire/",
        profile.partner,
        {"place": PartnerPlace.MANAGER},
        name="profile_manager",
    ),
    path("notre-gem/fiche/compter/", profile.counting, name="profile_counting"),
    path("notre-gem/fiche/horaires/", profile.hours, name="profile_hours"),
    path(
        "notre-gem/fiche/horaires/<uuid:opening_id>/retirer/",
        profile.hours_removed,
        name="profile_hours_removed",
    ),
]
