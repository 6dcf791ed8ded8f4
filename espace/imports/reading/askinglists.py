"""Questions that a list of members or a programme may raise, in plain French."""

from __future__ import annotations

from datetime import timedelta

from espace.imports.reading.dates import MONTH_NAMES
from espace.imports.reading.memberships import is_kept
from espace.imports.reading.model import Choice, Paid, Question, QuestionKind, Source
from espace.imports.reading.owners import NO, YES
from espace.imports.reading.weeks import EVERY_WEEK, ONE_WEEK, undated_groups


def member_questions(source: Source) -> list[Question]:
    """The year of the list when nobody wrote it; then those whose fee is not paid."""
    questions = []
    this_year = source.today.year
    if any(fee.year == 0 for fee in source.fees):
        years = [y for y in range(this_year + 1, this_year - 3, -1) if is_kept(y, source.today)]
        choices = tuple(Choice(str(year), str(year)) for year in years)
        text = "L'année n'est pas écrite. De quelle année est cette liste ?"
        questions.append(Question("liste", text, choices, str(this_year), QuestionKind.LIST_YEAR))
    unpaid = {
        fee.person
        for fee in source.fees
        if fee.paid is not Paid.YES and is_kept(fee.year or this_year, source.today)
    } - {fee.person for fee in source.fees if fee.paid is Paid.YES}
    if unpaid:
        text = (
            "Pour une personne, la cotisation n'est pas notée comme payée. "
            "Est-elle quand même adhérente ?"
            if len(unpaid) == 1
            else f"Pour {len(unpaid)} personnes, la cotisation n'est pas notée comme payée. "
            "Sont-elles quand même adhérentes ?"
        )
        choices = (Choice(NO, "Non, pas encore"), Choice(YES, "Oui"))
        questions.append(Question("impayees", text, choices, NO, QuestionKind.UNPAID))
    return questions


def week_questions(source: Source) -> list[Question]:
    """A programme without dates: every week or once, and from which week."""
    groups = undated_groups(source)
    if not groups:
        return []
    questions = []
    if len(groups) == 1:
        choices = (
            Choice(EVERY_WEEK, "Oui, chaque semaine"),
            Choice(ONE_WEEK, "Non, une seule semaine"),
        )
        text = "Ce programme n'a pas de date. Revient-il chaque semaine ?"
        questions.append(Question("rythme", text, choices, EVERY_WEEK, QuestionKind.WEEKLY))
    monday = source.today - timedelta(days=source.today.weekday())
    mondays = [monday + timedelta(days=7 * n) for n in range(5)]
    starts = tuple(
        Choice(day.isoformat(), f"La semaine du {day.day} {MONTH_NAMES[day.month - 1]}")
        for day in mondays
    )
    default = starts[0] if source.today == monday else starts[1]
    text = "À partir de quelle semaine ?"
    questions.append(Question("debut", text, starts, default.value, QuestionKind.FIRST_WEEK))
    return questions
