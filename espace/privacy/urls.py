"""Addresses of this package."""

from django.urls import path

from espace.privacy.views import erase, journal, line, mine

app_name = "privacy"
urlpatterns = [
    path("notre-gem/journal/", journal.journal, name="journal"),
    path("notre-gem/carnet/<uuid:person_id>/donnees/", line.line, name="line_data"),
    path("mon-compte/mes-donnees/", mine.mine, name="mine"),
    path("mon-compte/mes-donnees/fichier.json", mine.as_json_file, name="json_file"),
    path("mon-compte/mes-donnees/copie.html", mine.as_page_file, name="page_file"),
    path("notre-gem/carnet/<uuid:person_id>/effacer/", erase.line, name="erase_line"),
    path("mon-compte/effacer/", erase.about, name="erase"),
    path("mon-compte/effacer/confirmer/", erase.confirm, name="erase_confirm"),
    path("mon-compte/effacer/fini/", erase.erased, name="erased"),
]
