"""Turns what was collected into the source of a reading and its questions, in plain French."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from espace.imports.reading import askinglists
from espace.imports.reading.collect import Collected
from espace.imports.reading.dates import fold, month_label
from espace.imports.reading.model import (
    Category,
    Choice,
    Joined,
    Kind,
    Mark,
    Question,
    QuestionKind,
    Source,
    SourcePerson,
    Visit,
)
from espace.imports.reading.people import Doubt, Settled
from espace.imports.reading.questions import NO, SHOWN, YES

_YES_NO = (Choice(YES, "Oui"), Choice(NO, "Non"))
_TITLE = re.compile(
    r"(?:\bg\.?e\.?m\.?|groupe d'entraide mutuelle)\s*:?\s+(?P<name>[^–—:|,;()\d]{2,60})",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r"\s+(?:-\s|feuille|liste|tableau|registre|cahier|pr[ée]sences?|planning|programme|budget|"
    r"ann[ée]e|mois|semaine|passages|[ée]margement|fr[ée]quentation)\b.*$|\s+-\s*$|\s+-.*$",
    re.IGNORECASE,
)
_SMALL = frozenset(
    ("gem", "le", "la", "les", "l", "de", "du", "des", "d", "un", "une", "association")
)


def group_title(texts: Sequence[str], gem_name: str, others: Sequence[str]) -> str | None:
    """Return the GEM a title names: another one first, then this one; None when silent."""
    for text in texts:
        flat = f" {_plain(text)} "
        for other in others:
            if _plain(other) and f" {_plain(other)} " in flat and not same_gem(other, gem_name):
                return other
    for text in texts:
        if found := _TITLE.search(text):
            name = _TITLE_END.sub("", found["name"]).strip(" .-–'\"«»")
            if _plain(name) and not name.casefold().startswith(("adh", "en ")):
                return name
    return None


def same_gem(one: str, other: str) -> bool:
    """True when both names have the same words, but for articles and capitals."""
    left, right = set(_plain(one).split()), set(_plain(other).split())
    return bool(left) and (left <= right or right <= left)


def _plain(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold(name))
    return " ".join(word for word in words if word not in _SMALL)


def build_source(
    found: Collected,
    settled: Settled,
    title: str | None,
    gem_name: str,
    today: date,
    kind: Kind = Kind.ATTENDANCE,
) -> Source:
    """Return the source: people with labels only, days, and the questions, most useful first."""
    person_of = settled.person_of
    marks = {(person_of[slot], day, group) for slot, day, group in found.marks}
    guests = _guest_people(found, settled)
    people = tuple(
        SourcePerson(label, guests.get(index)) for index, label in enumerate(settled.labels)
    )
    source = Source(
        people=people,
        groups=tuple(found.groups),
        marks=tuple(Mark(*mark) for mark in sorted(marks)),
        visits=tuple(Visit(*visit) for visit in sorted(found.visits, key=lambda v: (v[0], v[3]))),
        head_counts=tuple(sorted(found.head_counts)),
        closed=tuple(sorted(set(found.closed))),
        joined=tuple(
            Joined(person_of[one.person], one.day, one.first)
            for one in sorted(found.joined, key=lambda one: (one.person, one.day))
        ),
        fees=tuple(replace(fee, person=person_of[fee.person]) for fee in found.fees),
        drawn=tuple(found.drawn),
        opened=tuple(sorted(set(found.opened), key=lambda one: (one.day, one.start))),
        unreadable=tuple(sorted(found.unreadable, key=lambda u: (u.sheet, u.line))),
        today=today,
    )
    questions = _title_question(title, gem_name)
    if kind is Kind.MEMBERS:
        questions += askinglists.member_questions(source)
        doubts = _same_questions(settled, max(1, SHOWN - len(questions)))
        return replace(source, questions=tuple(_calm_unshown([*questions, *doubts], found)))
    if kind in (Kind.PROGRAMME, Kind.CALENDAR):
        return replace(source, questions=(*questions, *askinglists.week_questions(source)))
    questions += _year_questions(found, source)
    questions += _order_question(found)
    rest = _future_question(source) + _visitors_question(source) + _finished_question(source)
    doubts = _same_questions(settled, max(1, SHOWN - len(questions) - len(rest)))
    ordered = [*questions, *doubts, *rest]
    source_questions = _calm_unshown(ordered, found)
    return replace(source, questions=tuple(source_questions))


def _guest_people(found: Collected, settled: Settled) -> dict[int, Category]:
    members = {settled.person_of[slot] for slot in found.members}
    return {
        settled.person_of[slot]: category
        for slot, category in found.guests.items()
        if settled.person_of[slot] not in members
    }


def _calm_unshown(ordered: list[Question], found: Collected) -> list[Question]:
    """Beyond the questions shown nobody is joined without asking; the others keep their guess."""
    kept = ordered[:SHOWN]
    for question in ordered[SHOWN:]:
        if question.kind is QuestionKind.SAME_PERSON:
            found.note(f"Sans réponse, nous les gardons à part. {question.text}")
        elif question.kind is QuestionKind.MONTHS_COMPLETE:
            kept.append(question)
        else:
            guess = next(c.label for c in question.choices if c.value == question.default)
            found.note(f"{question.text} Nous avons retenu : {guess}.")
            kept.append(question)
    return kept


def _title_question(title: str | None, gem_name: str) -> list[Question]:
    if not title or not gem_name or same_gem(title, gem_name):
        return []
    text = f"Cette feuille parle de « {title} ». C'est bien votre GEM ?"
    return [Question("gem", text, _YES_NO, YES, QuestionKind.GROUP_TITLE)]


def _year_questions(found: Collected, source: Source) -> list[Question]:
    questions = []
    for group, options in sorted(found.guessed_months.items()):
        sheet = source.groups[group].sheet
        where = f"la feuille « {sheet} »" if sheet else "ce tableau"
        choices = tuple(
            Choice(f"{year:04d}-{month:02d}", month_label(year, month)) for year, month in options
        )
        questions.append(
            Question(
                f"mois-{group}", f"Quel mois montre {where} ?", choices, choices[0].value,
                QuestionKind.MONTH, (group,),
            )
        )  # fmt: skip
    if found.guessed_years:
        groups = tuple(sorted(found.guessed_years))
        year = found.guessed_years[groups[-1]]
        choices = tuple(Choice(str(y), str(y)) for y in range(year + 1, year - 4, -1))
        first = found.guessed_years[groups[0]]
        text = "L'année n'est pas écrite. Quelle est l'année de ces présences ?"
        if first != year:
            text = "L'année n'est pas écrite. En quelle année finissent ces présences ?"
        questions.append(Question("annee", text, choices, str(year), QuestionKind.YEAR, groups))
    return questions


def _order_question(found: Collected) -> list[Question]:
    if not found.swappable:
        return []
    choices = (Choice("jour", "Le jour d'abord"), Choice("mois", "Le mois d'abord"))
    text = "Dans vos dates, qu'est-ce qui est écrit d'abord : le jour ou le mois ?"
    groups = tuple(found.swappable)
    return [Question("ordre", text, choices, "jour", QuestionKind.DATE_ORDER, groups)]


def _same_questions(settled: Settled, room: int) -> list[Question]:
    doubts = sorted(settled.doubts, key=lambda d: (-d.weight, d.person))
    simple = [doubt for doubt in doubts if len(doubt.others) == 1]
    several = [doubt for doubt in doubts if len(doubt.others) > 1]
    alike = [doubt for doubt in simple if doubt.same]
    apart = [doubt for doubt in simple if not doubt.same]
    questions: list[Question] = []
    slots = max(1, room - len(several) - bool(apart))
    for part in (alike, apart):
        if len(part) > slots:
            questions += [_one_pair(settled, doubt) for doubt in part[: slots - 1]]
            questions.append(_many_pairs(settled, part[slots - 1 :]))
        else:
            questions += [_one_pair(settled, doubt) for doubt in part]
        slots = 1
    return questions + [_one_of_several(settled, doubt) for doubt in several]


def _named(settled: Settled, person: int) -> str:
    sheet, line = settled.places[person]
    where = f"feuille « {sheet} », ligne {line}" if sheet else f"ligne {line}"
    return f"« {settled.labels[person]} » ({where})"


def _one_pair(settled: Settled, doubt: Doubt) -> Question:
    text = (
        f"{_named(settled, doubt.person)} et {_named(settled, doubt.others[0])} : "
        "est-ce la même personne ?"
    )
    pair = (doubt.person, doubt.others[0])
    default = YES if doubt.same else NO
    name = f"personne-{pair[0]}-{pair[1]}"
    return Question(name, text, _YES_NO, default, QuestionKind.SAME_PERSON, pair)


def _many_pairs(settled: Settled, doubts: Sequence[Doubt]) -> Question:
    listed = " ; ".join(
        f"{_named(settled, d.person)} et {_named(settled, d.others[0])}" for d in doubts[:8]
    )
    more = f" ; et {len(doubts) - 8} autres" if len(doubts) > 8 else ""
    text = f"Ces noms se ressemblent : {listed}{more}. Est-ce à chaque fois la même personne ?"
    payload = tuple(index for d in doubts for index in (d.person, d.others[0]))
    default = YES if doubts[0].same else NO
    name = f"personnes-{payload[0]}-{len(doubts)}"
    return Question(name, text, _YES_NO, default, QuestionKind.SAME_PERSON, payload)


def _one_of_several(settled: Settled, doubt: Doubt) -> Question:
    text = f"Qui est {_named(settled, doubt.person)} ?"
    choices = [
        Choice(str(place), f"C'est {_named(settled, other)}")
        for place, other in enumerate(doubt.others, 1)
    ]
    choices.append(Choice(NO, "Une autre personne"))
    payload = (doubt.person, *doubt.others)
    name = f"qui-{doubt.person}"
    return Question(name, text, tuple(choices), NO, QuestionKind.SAME_PERSON, payload)


def _future_question(source: Source) -> list[Question]:
    days = {mark.day for mark in source.marks if mark.day > source.today}
    days |= {day for day, _, _ in source.head_counts if day > source.today}
    if not days:
        return []
    count = "Un jour est après" if len(days) == 1 else f"{len(days)} jours sont après"
    text = f"{count} aujourd'hui. Faut-il les garder ?"
    if len(days) == 1:
        text = f"{count} aujourd'hui. Faut-il le garder ?"
    return [Question("futur", text, _YES_NO, YES, QuestionKind.FUTURE)]


def _visitors_question(source: Source) -> list[Question]:
    guests = tuple(i for i, person in enumerate(source.people) if person.guest_as is not None)
    present = {mark.person for mark in source.marks}
    if not present & set(guests):
        return []
    text = "Des personnes nommées sont notées comme visiteurs. Comment les compter ?"
    choices = (
        Choice("visiteurs", "Comme visiteurs, sans prénom"),
        Choice("adherents", "Comme adhérents, avec leur prénom"),
    )
    return [Question("visiteurs", text, choices, "visiteurs", QuestionKind.VISITORS, guests)]


def _finished_question(source: Source) -> list[Question]:
    """Ask when the last month is running, or its marks stop a week before its end."""
    days = [mark.day for mark in source.marks] + [day for day, _, _ in source.head_counts]
    if not days:
        return []
    last = max(days)
    after = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    end = after - timedelta(days=1)
    if end < source.today and (end - last).days < 7:
        return []
    text = f"Le dernier mois, {month_label(last.year, last.month)}, est-il complet ?"
    return [Question("mois-fini", text, _YES_NO, NO, QuestionKind.MONTHS_COMPLETE)]
