"""Application configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "espace.accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from espace.accounts import jobs, personal_data, told
        from espace.accounts.kept import KEEPER
        from espace.accounts.known_devices import greet
        from espace.accounts.permissions import PERMISSIONS, declare
        from espace.core import daily

        declare(PERMISSIONS)
        user_logged_in.connect(greet, dispatch_uid="accounts.greet")
        daily.register("accounts.forget_ended_sessions", jobs.forget_ended_sessions)
        told.declare(told.TOLD)
        personal_data.register(KEEPER)
