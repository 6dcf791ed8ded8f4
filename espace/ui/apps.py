"""Application configuration."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "espace.ui"
