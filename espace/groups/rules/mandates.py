"""Who may give and take back which role in a GEM, as pure functions.

Source: dossier 3.2, decision 14a. The bureau gives and takes back the employees' rights, never
the reverse; an employee never makes an elected person; nobody gives more than they hold; a GEM
that has elected people always keeps one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from espace.accounts.choices import Role
from espace.groups.choices import Function

GEM_ROLES: tuple[Role, ...] = (
    Role.ELECTED,
    Role.ANIMATOR,
    Role.VOLUNTEER,
    Role.MEMBER,
    Role.SPONSOR,
    Role.MANAGER,
)
"""Roles a mandate in a GEM may carry, in the order of the page."""

GIVES: Mapping[str, frozenset[Role]] = {
    Role.ELECTED: frozenset(GEM_ROLES),
    Role.ANIMATOR: frozenset({Role.MEMBER, Role.VOLUNTEER}),
}
"""What each role gives and takes back in its own GEM; the others give nothing."""

PEOPLE_OF_THE_HOUSE = frozenset({Role.MEMBER, Role.VOLUNTEER, Role.ELECTED, Role.ANIMATOR})

FARTHEST_START = timedelta(days=366)


class Refusal(StrEnum):
    """Why a role cannot be given or ended."""

    NOT_YOURS = "not_yours"
    ALREADY_HELD = "already_held"
    LAST_ELECTED = "last_elected"
    FUNCTION_MISSING = "function_missing"
    DATE_TOO_FAR = "date_too_far"
    ENDS_BEFORE_START = "ends_before_start"
    ENDS_LATER = "ends_later"
    ROLE_ELSEWHERE = "role_elsewhere"
    ADDRESS_TAKEN = "address_taken"


class RefusedError(Exception):
    """The rules of roles say no; ``reason`` is a Refusal."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Giver:
    """Who gives: the roles held in this GEM today; ``is_federation`` for FiGEM and our jobs."""

    roles: frozenset[str]
    is_federation: bool = False


def givable(giver: Giver, elected: int) -> tuple[Role, ...]:
    """Return the roles ``giver`` may give, in a GEM that has ``elected`` elected people today.

    FiGEM gives one thing only: the first elected mandate of a GEM that has none.
    """
    given = {role for held in giver.roles for role in GIVES.get(held, ())}
    if giver.is_federation and elected == 0:
        given.add(Role.ELECTED)
    return tuple(role for role in GEM_ROLES if role in given)


def check_grant(
    giver: Giver,
    role: str,
    *,
    function: str,
    started_on: date,
    today: date,
    elected: int,
    roles_running: Collection[str],
) -> None:
    """Raise RefusedError unless the role may be given.

    ``roles_running`` are those the person has in this GEM, begun or to come.
    """
    if role not in givable(giver, elected):
        raise RefusedError(Refusal.NOT_YOURS)
    if role in roles_running:
        raise RefusedError(Refusal.ALREADY_HELD)
    if role == Role.ELECTED and not function:
        raise RefusedError(Refusal.FUNCTION_MISSING)
    if started_on > today + FARTHEST_START:
        raise RefusedError(Refusal.DATE_TOO_FAR)


def may_end(giver: Giver, role: str, *, is_own: bool) -> bool:
    """Tell whether this role may be ended by ``giver``: one's own always, else those one gives."""
    return is_own or any(role in GIVES.get(held, ()) for held in giver.roles)


def check_end(
    giver: Giver,
    role: str,
    *,
    is_own: bool,
    started_on: date,
    ended_on: date,
    today: date,
    other_elected: int,
) -> None:
    """Raise RefusedError unless the role may be ended on that day.

    ``other_elected`` counts the other elected people of the GEM today. A mandate that has not
    begun can only be dropped, on the day it would have begun.
    """
    if not may_end(giver, role, is_own=is_own):
        raise RefusedError(Refusal.NOT_YOURS)
    if role == Role.ELECTED and other_elected == 0:
        raise RefusedError(Refusal.LAST_ELECTED)
    if ended_on < started_on:
        raise RefusedError(Refusal.ENDS_BEFORE_START)
    if ended_on > max(today, started_on):
        raise RefusedError(Refusal.ENDS_LATER)


ONE_HOLDER = frozenset({Function.PRESIDENCE, Function.TRESORERIE, Function.SECRETARIAT})
"""Offices one person holds, unless they are said to be shared (collegial boards)."""


def doubled_offices(running: Iterable[tuple[str, bool]]) -> tuple[Function, ...]:
    """Return the offices several people hold today without their being shared, in their order.

    ``running`` gives the function and whether it is shared, for each elected person. Nothing is
    refused: an old mandate nobody ended is the usual reason, and the page says so.
    """
    alone = Counter(function for function, shared in running if not shared)
    return tuple(one for one in Function if one in ONE_HOLDER and alone[one] > 1)


def is_running(started_on: date | None, ended_on: date | None, today: date) -> bool:
    """Tell whether a role opens doors today: from its first day, no more on its last one."""
    return (started_on is None or started_on <= today) and (ended_on is None or today < ended_on)


def may_change_address(giver: Giver, role: str, *, is_own: bool) -> bool:
    """Tell whether ``giver`` may replace the address of someone: another elected person may.

    Only for people of the house: partners have their own organisation.
    """
    return not is_own and Role.ELECTED in giver.roles and role in PEOPLE_OF_THE_HOUSE
