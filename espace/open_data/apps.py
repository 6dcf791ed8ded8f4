"""Application configuration."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "espace.open_data"
