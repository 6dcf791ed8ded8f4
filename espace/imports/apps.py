"""Application configuration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "espace.imports"
