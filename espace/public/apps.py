"""Application configuration."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "espace.public"
