"""Addresses of this package."""

from django.urls import path

from espace.groups.views import devices, mandates, roll

app_name = "groups"
urlpatterns = [
    path("changer-de-gem/", mandates.change_gem, name="change_gem"),
    path("notre-gem/roles/", mandates.roles, name="roles"),
    path("notre-gem/roles/donner/", mandates.give, name="give_role"),
    path("notre-gem/roles/<uuid:mandate_id>/terminer/", mandates.end, name="end_role"),
    path("notre-gem/appareils/", devices.devices, name="devices"),
    path("notre-gem/appareils/<uuid:device_id>/retirer/", devices.revoke, name="revoke_device"),
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
]
