"""Application configuration."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "espace.public"

    def ready(self) -> None:
        from espace.accounts.permissions import can
        from espace.ui import gate

        gate.use(can)
