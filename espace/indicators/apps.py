"""Application configuration."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "espace.indicators"

    def ready(self) -> None:
        from espace.accounts import told
        from espace.accounts.permissions import declare
        from espace.activities.events import NamesLeaving
        from espace.core.events import subscribe
        from espace.groups.events import MembershipsLeaving
        from espace.indicators.actions import keep_final_values, keep_values_of_memberships
        from espace.indicators.checks import check_catalogue
        from espace.indicators.permissions import PERMISSIONS, may_see
        from espace.indicators.told import TOLD
        from espace.ui.menu import MenuEntry, register

        declare(PERMISSIONS)
        told.declare(TOLD)
        checks.register(check_catalogue)
        subscribe(NamesLeaving, keep_final_values)
        subscribe(MembershipsLeaving, keep_values_of_memberships)
        register(
            MenuEntry(
                key="our_gem",
                label=_("Notre GEM"),
                icon="chart-column",
                url_name="indicators:living",
                order=40,
                visible=lambda actor: actor.gem_id is not None and may_see(actor, actor.gem_id),
            )
        )
