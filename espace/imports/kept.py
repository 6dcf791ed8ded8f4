"""What this package keeps on a person: the files they brought, the drafts that name them."""

import json
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from espace.accounts.personal_data import Keeper, Section
from espace.groups.queries.from_file import name_on_roll
from espace.imports.actions import files
from espace.imports.choices import FileKind, State
from espace.imports.models import ImportBatch

BEFORE_WRITING = (State.READING, State.DRAFT)


def show(account_id: UUID) -> list[Section]:
    """Return the files that this account brought in."""
    brought = ImportBatch.objects.filter(made_by_id=account_id).select_related("gem")
    return [
        Section(
            key="imports",
            title=gettext_lazy("Les fichiers que vous avez apportés"),
            why=gettext_lazy("Pouvoir retirer un fichier ajouté par erreur."),
            rows=tuple(
                (
                    ("at", gettext_lazy("Quand"), date_format(localtime(each.made_at), "j F Y")),
                    ("gem", gettext_lazy("GEM"), each.gem.name),
                    ("kind", gettext_lazy("Quoi"), str(FileKind(each.kind).label)),
                    ("state", gettext_lazy("État"), str(State(each.state).label)),
                )
                for each in brought.order_by("-made_at", "pk")
            ),
            seen_by=gettext_lazy("Les élus et les salariés de votre GEM."),
            kept=gettext_lazy("Les détails : 30 jours. Ensuite, des nombres."),
        )
    ]


def erase(account_id: UUID) -> int:
    """Drop the drafts of this account; the files already added stay, without who brought them."""
    mine = ImportBatch.objects.filter(made_by_id=account_id)
    for batch in mine.filter(state__in=BEFORE_WRITING):
        _drop(batch)
    return mine.update(made_by=None)


def erase_line(person_id: UUID) -> int:
    """Take a person of the roll out of what undoing keeps, and drop the drafts that name them.

    A draft is read again from its file in a minute; it would otherwise bring the person back.
    """
    name = name_on_roll(person_id)
    if name is None:
        return 0
    changed = 0
    for batch in ImportBatch.objects.filter(gem_id=name.gem_id):
        if _names(batch.details, str(person_id)):
            batch.details = _without(batch.details, str(person_id))
            batch.save(update_fields=["details"])
            changed += 1
        if batch.state in BEFORE_WRITING and _names(batch.reading, name.label):
            _drop(batch)
            changed += 1
    return changed


def _names(held: object, word: str) -> bool:
    return word in json.dumps(held, ensure_ascii=False)


def _without(details: dict[str, object], gone: str) -> dict[str, object]:
    """Return ``details`` without the person, whether named by key or by value."""
    return {
        part: {key: value for key, value in held.items() if gone not in (key, value)}
        if isinstance(held, dict)
        else held
        for part, held in details.items()
    }


def _drop(batch: ImportBatch) -> None:
    files.throw_away(batch.upload_name)
    batch.state, batch.reading, batch.answers, batch.upload_name = State.CANCELLED, None, {}, ""
    batch.message = _(
        "Une personne de ce fichier a demandé l'effacement. Choisissez le fichier à nouveau."
    )
    batch.save()


KEEPER = Keeper(
    name="imports",
    tables=("imports.ImportBatch",),
    show=show,
    erase=erase,
    erase_line=erase_line,
)
