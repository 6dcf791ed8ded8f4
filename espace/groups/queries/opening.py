"""What a page may know of an opening letter, once its words or its square code were shown."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.core.clock import now
from espace.groups.models import OpeningLetter
from espace.groups.rules.letters import LetterState, kept_hash, plain_words, state_of


@dataclass(frozen=True)
class Letter:
    """A letter, its GEM and whether it opens; ``for_employee``: who asks is an employee there."""

    id: UUID
    gem_id: UUID
    gem_name: str
    commune: str
    departement_code: str
    state: LetterState
    for_employee: bool

    @property
    def opens(self) -> bool:
        return self.state is LetterState.WAITING


def letter_shown(actor: Actor, *, words: str, secret: str) -> Letter | None:
    """Return the letter of these words or of this square code; None when there is none.

    The same work is done for anything typed: two hashes, one SQL query.
    """
    hashes = (
        kept_hash(settings.SECRET_KEY, "words", plain_words(words)),
        kept_hash(settings.SECRET_KEY, "secret", secret.strip()),
    )
    return _letter(actor, Q(words_hash=hashes[0]) | Q(secret_hash=hashes[1]))


def letter_by_id(actor: Actor, letter_id: UUID) -> Letter | None:
    """Return a letter that this session has already shown. One SQL query."""
    return _letter(actor, Q(pk=letter_id))


def _letter(actor: Actor, wanted: Q) -> Letter | None:
    row = OpeningLetter.objects.select_related("gem").filter(wanted).order_by("made_at").first()
    if row is None:
        return None
    state = state_of(
        now=now(),
        expires_at=row.expires_at,
        used_at=row.used_at,
        withdrawn_at=row.withdrawn_at,
    )
    gem = row.gem
    return Letter(
        row.pk,
        gem.pk,
        gem.name,
        gem.commune_name,
        gem.departement_code,
        state,
        actor.has(Role.ANIMATOR, gem_id=gem.pk),
    )
