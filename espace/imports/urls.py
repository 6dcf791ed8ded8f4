"""Addresses of this package."""

from django.urls import path

from espace.imports import views

app_name = "imports"
urlpatterns = [
    path("argent/budget/apporter/", views.budget, name="budget"),
    path(
        "argent/budget/apporter/<uuid:brought_id>/annuler/", views.undo_budget, name="undo_budget"
    ),
    path("import/", views.home, name="home"),
    path("import/<uuid:batch_id>/", views.batch, name="batch"),
    path("import/<uuid:batch_id>/reponses/", views.answer, name="answer"),
    path("import/<uuid:batch_id>/apercu/", views.review, name="review"),
    path("import/<uuid:batch_id>/ajouter/", views.confirm, name="confirm"),
    path("import/<uuid:batch_id>/arreter/", views.stop, name="stop"),
    path("import/<uuid:batch_id>/annuler/", views.undo, name="undo"),
]
