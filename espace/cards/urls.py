"""Addresses of this package."""

from django.urls import path

from espace.cards.views import entering, making, mine, tablet, together

app_name = "cards"
urlpatterns = [
    path("entrer/carte/", entering.enter, name="enter"),
    path("entrer/deuxieme-etape/a-deux/", together.together, name="together"),
    path("tablette/", tablet.start, name="tablet"),
    path("tablette/fermer/", tablet.close, name="close_tablet"),
    path("tablette/encore-la/", tablet.still_here, name="still_here"),
    path("mon-compte/carte/", mine.card, name="mine"),
    path("notre-gem/cartes/", making.cards, name="cards"),
    path("notre-gem/cartes/faire/", making.make, name="make"),
    path("notre-gem/cartes/feuille.pdf", making.sheet, name="sheet"),
    path("notre-gem/cartes/<uuid:card_id>/remplacer/", making.replace, name="replace"),
    path("notre-gem/cartes/<uuid:card_id>/retirer/", making.withdraw, name="withdraw"),
    path("notre-gem/cartes/<uuid:card_id>/bien-elle/", making.it_was_them, name="it_was_them"),
]
