"""A session of the demonstration, for scripts and audits: ``demo_session ROLE --json``."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from espace.accounts.access import actor_for
from espace.accounts.actions import open_demonstration_session
from espace.accounts.choices import Role
from espace.accounts.queries import demonstration_account
from espace.accounts.rules import role_named
from espace.groups.actions.devices import demonstration_tablet
from espace.groups.grants import device_cookie


class Command(BaseCommand):
    help = "Print the cookie of a demonstration session for ROLE (demonstration mode only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="member, elected, animator… or adherent, elue…")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        role = role_named(options["role"])
        if not settings.DEMONSTRATION:
            self.refuse("There are no demonstration sessions in production mode.")
        if role is None:
            known = ", ".join(Role.values)
            self.refuse(f"Unknown role '{options['role']}'. Known roles: {known}.")
        session = self.tablet() if role is Role.DEVICE else self.person(role)
        if session is None:
            self.refuse(f"Nobody has the role '{role}': load the demonstration network first.")
        cookie = session["cookie"]
        session["cookie_header"] = f"{cookie['name']}={cookie['value']}"
        session["url"] = settings.SITE_URL.rstrip("/") + settings.LOGIN_REDIRECT_URL
        self.stdout.write(
            json.dumps(session, ensure_ascii=False) if options["json"] else session["cookie_header"]
        )

    def person(self, role: Role) -> dict[str, Any] | None:
        """Open a session for the person of that role."""
        account = demonstration_account(role)
        if account is None:
            return None
        key = open_demonstration_session(account=account)
        place = actor_for(account.pk, account.label, {}).place
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key}
        return {"role": role.value, "person": account.label, "gem": place, "cookie": cookie}

    def tablet(self) -> dict[str, Any] | None:
        """Give the cookie of the demonstration tablet."""
        found = demonstration_tablet()
        if found is None:
            return None
        name, place, token = found
        cookie = {"name": settings.DEVICE_COOKIE_NAME, "value": device_cookie(token)}
        return {"role": Role.DEVICE.value, "person": name, "gem": place, "cookie": cookie}

    def refuse(self, sentence: str) -> None:
        """Say why in one sentence and leave with code 2."""
        self.stderr.write(sentence)
        sys.exit(2)
