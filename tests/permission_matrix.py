"""Who may do what, as one table people can review: tests/permission_matrix.csv.

``python -m tests.permission_matrix`` writes it again from the permission table; the difference in
the commit is what a reviewer reads. The suite compares both (espace/accounts/tests).
"""

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

MATRIX = Path(__file__).parent / "permission_matrix.csv"
OWN = UUID(int=1)
OTHER = UUID(int=2)
WHO = UUID(int=3)
DEVICE = UUID(int=4)
TODAY = date(2026, 10, 14)


@dataclass(frozen=True)
class Line:
    """Stands for a line of the roll: of which GEM, and whose account."""

    gem_id: UUID
    account_id: UUID | None


def cases(name: str, gem_id: UUID) -> Mapping[str, Any]:
    """Return the things to try a permission on, each with a name; mostly the GEM's id alone."""
    from espace.activities.permissions import Sheet
    from espace.groups.permissions import Where

    if name in ("groups.see_in_network", "federation.answer_help"):
        return {"": Where(gem_id, "53", "29")}
    if name in ("groups.read_line", "groups.edit_line", "privacy.print_line"):
        return {"someone else": Line(gem_id, None), "oneself": Line(gem_id, WHO)}
    if name == "activities.record_attendance":
        return {
            "today": Sheet(gem_id, TODAY, TODAY),
            "today, on duty": Sheet(gem_id, TODAY, TODAY, on_duty=True),
            "last month": Sheet(gem_id, date(2026, 9, 14), TODAY),
        }
    return {"": gem_id}


def actor(role: str) -> Any:
    """Return someone who holds ``role`` in the GEM called OWN, or over a territory."""
    from espace.accounts.access import Actor, Grant
    from espace.accounts.choices import Role
    from espace.groups.rules.mandates import GEM_ROLES

    in_gem = role in (*GEM_ROLES, Role.DEVICE)
    grant = Grant(role, OWN) if in_gem else Grant(role, None, "nation")
    return Actor(
        account_id=None if role == Role.DEVICE else WHO,
        name=role,
        grants=frozenset({grant}),
        gem_id=OWN if in_gem else None,
        device_id=DEVICE if role == Role.DEVICE else None,
    )


def allowed() -> dict[tuple[str, str, str, str], bool]:
    """Return the answer for every (action, case, "own" or "other" GEM, role), nobody included."""
    from espace.accounts.access import NOBODY
    from espace.accounts.choices import Role
    from espace.accounts.permissions import can, table

    actors = {role.value: actor(role.value) for role in Role} | {"nobody": NOBODY}
    return {
        (name, case, where, role): can(who, name, thing)
        for name in sorted(table())
        for where, gem_id in (("own", OWN), ("other", OTHER))
        for case, thing in cases(name, gem_id).items()
        for role, who in actors.items()
    }


def written() -> str:
    """Return the table as text: one line per action, case and GEM, one column per role."""
    answers = allowed()
    roles = list(dict.fromkeys(role for _name, _case, _where, role in answers))
    out = StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["action", "case", "gem", *roles])
    for name, case, where in dict.fromkeys(key[:3] for key in answers):
        marks = ["yes" if answers[name, case, where, role] else "-" for role in roles]
        table.writerow([name, case, where, *marks])
    return out.getvalue()


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    MATRIX.write_text(written(), encoding="utf-8")
