"""Addresses of this package."""

from django.urls import path

from espace.federation.views import figures, lists, network
from espace.federation.views import help as asking

app_name = "federation"
urlpatterns = [
    path("reseau/", network.home, name="home"),
    path("reseau/chiffres/", figures.choose, name="figures"),
    path("reseau/chiffres/chiffres.csv", figures.table, {"form": "csv"}, name="figures_csv"),
    path("reseau/chiffres/chiffres.xlsx", figures.table, {"form": "xlsx"}, name="figures_xlsx"),
    path("reseau/chiffres/garder/", figures.save, name="save_view"),
    path("reseau/chiffres/vues/<uuid:view_id>/retirer/", figures.drop, name="remove_view"),
    path("reseau/carte/", figures.where, name="map"),
    path("reseau/qualite/", figures.missing, name="quality"),
    path("reseau/lettres/", network.letters, name="letters"),
    path("reseau/importer/", lists.bring, name="bring"),
    path("reseau/importer/<uuid:list_id>/", lists.one, name="list"),
    path("reseau/importer/<uuid:list_id>/ajouter/", lists.confirm, name="confirm_list"),
    path("reseau/importer/<uuid:list_id>/abandonner/", lists.give_up, name="give_up_list"),
    path("reseau/importer/<uuid:list_id>/annuler/", lists.undo, name="undo_list"),
    path("reseau/gem/<uuid:gem_id>/", network.gem, name="gem"),
    path("reseau/gem/<uuid:gem_id>/etat/", network.state, name="state"),
    path("reseau/gem/<uuid:gem_id>/figem/", network.federated, name="federated"),
    path("reseau/gem/<uuid:gem_id>/lettre/", network.letter, name="letter"),
    path("reseau/gem/<uuid:gem_id>/lettre/retirer/", network.withdraw, name="withdraw_letter"),
    path("reseau/gem/<uuid:gem_id>/aide/<uuid:help_id>/", network.answered, name="answered"),
    path("notre-gem/aide/", asking.ask, name="ask_help"),
    path("notre-gem/aide/<uuid:help_id>/retirer/", asking.take_back, name="take_back_help"),
]
