"""Application configuration."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "espace.accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from espace.accounts import jobs, personal_data, shared_device, told, ways
        from espace.accounts.kept import KEEPER
        from espace.accounts.known_devices import greet
        from espace.accounts.opening import register_watch
        from espace.accounts.permissions import PERMISSIONS, declare
        from espace.core import daily

        declare(PERMISSIONS)
        user_logged_in.connect(greet, dispatch_uid="accounts.greet")
        user_logged_out.connect(shared_device.note_leaving, dispatch_uid="accounts.leaving")
        register_watch(shared_device.watch)
        daily.register("accounts.forget_ended_sessions", jobs.forget_ended_sessions)
        daily.register("accounts.forget_old_forms", jobs.forget_old_forms)
        told.declare(told.TOLD)
        personal_data.register(KEEPER)
        from espace.accounts.queries import accounts_with_a_way_in

        ways.register_holders(accounts_with_a_way_in)
        ways.register_entry(
            ways.Way(
                _("Entrer avec ma clé"),
                _("Vous avez créé une clé d'accès sur cet appareil : rien à écrire."),
                "accounts:enter_by_passkey",
                "key",
                rank=20,
            )
        )
        ways.register_entry(
            ways.Way(
                _("Entrer avec mon institution"),
                _("Pour les agents d'une ARS, de la CNSA ou d'une commune."),
                "accounts:institution",
                "building-2",
                offered=lambda actor: settings.IDENTITY_PROVIDER is not None,
                rank=30,
            )
        )
