"""What tasks keep on a person: those they hold or held."""

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.accounts.personal_data import Keeper, Section
from espace.governance.models.tasks import TaskHolder


def show(account_id: UUID) -> list[Section]:
    """Return nothing: a task is held by a line of the roll, not by an account."""
    return []


def show_line(person_id: UUID) -> list[Section]:
    """Return the tasks this person holds or held, with their days."""
    rows = TaskHolder.objects.filter(person_id=person_id).select_related("task")
    return [
        Section(
            key="tasks_held",
            title=_("Les tâches que vous tenez ou avez tenues"),
            why=_("Savoir qui fait quoi, et pouvoir passer la main."),
            rows=tuple(
                (
                    ("task", _("Tâche"), row.task.title),
                    ("from", _("Depuis le"), date_format(row.started_on, "j F Y")),
                    (
                        "until",
                        _("Jusqu'au"),
                        date_format(row.ended_on, "j F Y") if row.ended_on else "",
                    ),
                )
                for row in rows.order_by("-started_on", "pk")
            ),
            seen_by=_("Les personnes de votre GEM."),
            kept=_("La tâche reste. Votre prénom part avec vous."),
        )
    ]


def erase(account_id: UUID) -> int:
    """Return 0: nothing is kept on an account."""
    return 0


def erase_line(person_id: UUID) -> int:
    """Take the name away; how many people hold tasks stays true."""
    return TaskHolder.objects.filter(person_id=person_id).update(person=None)


KEEPER = Keeper(
    name="governance.tasks",
    tables=(TaskHolder._meta.label,),
    show=show,
    erase=erase,
    show_line=show_line,
    erase_line=erase_line,
)
