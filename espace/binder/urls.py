"""Addresses of this package."""

from django.urls import path

from espace.binder import views

app_name = "binder"
BINDER = "notre-gem/classeur/"
urlpatterns = [
    path(BINDER, views.cover, name="cover"),
    path(f"{BINDER}documents/<uuid:document_id>/fichier/", views.file, name="file"),
    path(f"{BINDER}<slug:register>/", views.rows, name="rows"),
    path(f"{BINDER}<slug:register>/ajouter/", views.add, name="add"),
    path(f"{BINDER}<slug:register>/<uuid:row_id>/", views.change, name="row"),
    path(f"{BINDER}<slug:register>/<uuid:row_id>/retirer/", views.remove, name="remove"),
]
