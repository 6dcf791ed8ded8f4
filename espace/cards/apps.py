"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CardsConfig(AppConfig):
    name = "espace.cards"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_out

        from espace.accounts import personal_data, told, ways
        from espace.accounts.opening import register_watch
        from espace.accounts.permissions import declare
        from espace.cards.actions import TELL_JOB, tell
        from espace.cards.kept import KEEPER
        from espace.cards.permissions import PERMISSIONS, waits_as_elected
        from espace.cards.queries import accounts_with_a_card
        from espace.cards.sessions import forget_when_leaving, watch
        from espace.cards.told import TOLD
        from espace.core import jobs
        from espace.groups import archive

        declare(PERMISSIONS)
        archive.leave_out("cards.AccessCard", "keys of this place")
        told.declare(TOLD)
        register_watch(watch)
        user_logged_out.connect(forget_when_leaving, dispatch_uid="espace.cards")
        jobs.register(TELL_JOB, tell)
        personal_data.register(KEEPER)
        ways.register_holders(accounts_with_a_card)
        ways.register_entry(
            ways.Way(
                _("J'ai une carte"),
                _("Votre GEM vous a donné une carte avec six mots."),
                "cards:enter",
                "id-card",
                on_tablet=True,
            )
        )
        ways.register_second_step(
            ways.Way(
                _("Avec une autre personne élue"),
                _("Elle est à côté de vous. Elle montre sa carte, ou tape ses six mots, ici."),
                "cards:together",
                "users",
                offered=waits_as_elected,
            )
        )
