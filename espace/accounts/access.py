"""Who is acting, and with which roles: built once per request, no query afterwards."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from espace.accounts.choices import Role
from espace.accounts.rules import TWO_FACTORS


@dataclass(frozen=True)
class Grant:
    """One role: in a GEM, or over a territory ("nation", "region:53", "departement:29")."""

    role: str
    gem_id: UUID | None = None
    territory: str = ""


@dataclass(frozen=True)
class Actor:
    """A person, a GEM's enrolled device, or nobody; with the grants in force today.

    ``gem_id`` is the GEM in hand (one at a time) and ``place`` its name, for the page's frame.
    ``withheld``: roles that wait for a second factor; they are not among the grants.
    ``closed`` are the GEM, among those where a role is held, that may be read and no more written.
    """

    account_id: UUID | None = None
    name: str = ""
    grants: frozenset[Grant] = frozenset()
    gem_id: UUID | None = None
    device_id: UUID | None = None
    place: str = ""
    withheld: frozenset[Grant] = frozenset()
    closed: frozenset[UUID] = frozenset()

    @property
    def in_closed_gem(self) -> bool:
        """True when the GEM in hand is closed: the page says so."""
        return self.gem_id in self.closed

    @property
    def is_known(self) -> bool:
        """True for a signed-in person or an enrolled device."""
        return self.account_id is not None or self.device_id is not None

    def has(self, *roles: str, gem_id: UUID | None) -> bool:
        """True when one of ``roles`` is held in this very GEM."""
        return gem_id is not None and any(
            grant.role in roles and grant.gem_id == gem_id for grant in self.grants
        )

    def holds(self, *roles: str) -> bool:
        """True when one of ``roles`` is held anywhere."""
        return any(grant.role in roles for grant in self.grants)

    @property
    def may_go_on_as_member(self) -> bool:
        """True when something is left without the withheld roles: being a member of one's GEM."""
        return any(grant.role == Role.MEMBER for grant in self.grants)

    @property
    def gem_ids(self) -> frozenset[UUID]:
        """Every GEM where some role is held."""
        return frozenset(g.gem_id for g in self.grants if g.gem_id is not None)


GEM_IN_HAND = "gem"
"""Session key of the GEM chosen by someone who holds several."""

NOBODY = Actor()
SYSTEM = Actor(name="system", grants=frozenset({Grant("system")}))


@dataclass(frozen=True)
class Granted:
    """What a source knows of who is asking."""

    grants: tuple[Grant, ...] = ()
    device_id: UUID | None = None
    places: Mapping[UUID, str] = field(default_factory=dict)
    closed: frozenset[UUID] = frozenset()
    practice: frozenset[UUID] = frozenset()


Source = Callable[[UUID | None, Mapping[str, str]], Granted]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Add a source of grants: called by the packages that keep roles, at start."""
    if source not in _sources:
        _sources.append(source)


def actor_for(
    account_id: UUID | None,
    name: str,
    cookies: Mapping[str, str],
    chosen_gem: UUID | None = None,
    *,
    strong_in: frozenset[UUID | None] | None = None,
) -> Actor:
    """Ask every source; the GEM in hand is the chosen one if held, else the first held.

    Roles that need two factors are withheld outside the places of ``strong_in``, where they were
    given: GEM, or None for the territories. Nothing is withheld when it is None.
    """
    granted = [source(account_id, cookies) for source in _sources]
    in_force = [grant for part in granted for grant in part.grants]
    withheld = frozenset(g for g in in_force if _waits(g, strong_in, granted))
    kept = [each for grant in in_force if (each := _left_of(grant, withheld))]
    device_id = next((part.device_id for part in granted if part.device_id), None)
    held = [grant.gem_id for grant in kept if grant.gem_id is not None]
    gem_id = chosen_gem if chosen_gem in held else _first(held)
    places = {key: place for part in granted for key, place in part.places.items()}
    place = places.get(gem_id, "") if gem_id else ""
    closed = frozenset(key for part in granted for key in part.closed)
    return Actor(account_id, name, frozenset(kept), gem_id, device_id, place, withheld, closed)


def _waits(
    grant: Grant, strong_in: frozenset[UUID | None] | None, granted: Iterable[Granted]
) -> bool:
    """Tell whether this role waits for two factors; any proof is enough in a practice GEM."""
    if strong_in is None or grant.role not in TWO_FACTORS or grant.gem_id in strong_in:
        return False
    practice = any(grant.gem_id in part.practice for part in granted)
    return not (practice and strong_in)


def _left_of(grant: Grant, withheld: frozenset[Grant]) -> Grant | None:
    """Return what a grant gives now: an elected person is first of all a member of their GEM."""
    if grant not in withheld:
        return grant
    return Grant(Role.MEMBER.value, grant.gem_id) if grant.role == Role.ELECTED else None


def _first(ids: Iterable[UUID]) -> UUID | None:
    return next(iter(ids), None)


INSIDE_GEM = (Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER)
