"""Application configuration; only installed in demonstration mode."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "espace.demonstration"
