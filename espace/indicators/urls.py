"""Addresses of « Notre GEM »: the living page, its themes, and where each figure comes from."""

from django.urls import path, register_converter

from espace.indicators import views
from espace.indicators.living import THEMES

app_name = "indicators"


class ThemeConverter:
    """The French word of a theme in an address."""

    regex = "|".join(THEMES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ThemeConverter, "theme")

urlpatterns = [
    path("notre-gem/", views.living_page, name="living"),
    path("notre-gem/phrases/", views.sentences, name="sentences"),
    path("notre-gem/periode/", views.choose_period, name="period"),
    path("notre-gem/chiffres.csv", views.export_csv, name="csv"),
    path("notre-gem/chiffres.xlsx", views.export_xlsx, name="xlsx"),
    path("notre-gem/chiffres/<theme:slug>/", views.theme, name="theme"),
    path("notre-gem/chiffre/<str:code>/", views.origin, name="origin"),
]
