"""Read a GEM's own file from the command line; with --commit, add it to its sheets."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from espace.accounts.access import SYSTEM
from espace.core.idempotency import new_key
from espace.groups.queries.from_file import GemOfFile, gem_of_file
from espace.groups.queries.gem_facts import today_of
from espace.imports.actions import budget
from espace.imports.actions.confirm import commit_reading
from espace.imports.actions.intake import declined_message, is_writable, read_file
from espace.imports.queries.members import MembersPreview
from espace.imports.queries.previews import AnyPreview, any_preview
from espace.imports.queries.programme import ProgrammePreview
from espace.imports.reading import Kind, Planned, Question, Reading, UnreadableFile
from espace.imports.reading.budgetlines import BudgetRead
from espace.imports.rules.programme import clock
from espace.imports.rules.records import KNOWN_LABELS

UNREADABLE, UNKNOWN_GROUP = 1, 2


class Command(BaseCommand):
    help = "Read a GEM's own file, whatever its shape; nothing is written without --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--group", required=True, metavar="SLUG", help="the GEM's slug")
        parser.add_argument(
            "--kind",
            default="auto",
            choices=["auto", *(kind.value for kind in Kind if kind is not Kind.UNKNOWN)],
        )
        parser.add_argument(
            "--year", type=int, help="the year of a budget that does not say it (default: this one)"
        )
        parser.add_argument("--json", action="store_true", help="pure JSON on standard output")
        parser.add_argument("--commit", action="store_true", help="add what was read")

    def handle(self, *args: Any, **options: Any) -> None:
        gem = gem_of_file(slug=options["group"])
        if gem is None:
            self.stderr.write(
                f"Aucun GEM ne s'appelle « {options['group']} ». "
                "Pour voir leurs noms : ./manage.py list_groups --json"
            )
            sys.exit(UNKNOWN_GROUP)
        kind = None if options["kind"] == "auto" else Kind(options["kind"])
        try:
            reading = read_file(gem=gem, path=options["file"], kind=kind)
        except UnreadableFile as refusal:
            self._refuse(refusal, options["json"])
            sys.exit(UNREADABLE)
        if reading.kind is Kind.BUDGET:
            self._budget(gem, budget.read_path(path=options["file"]), options)
            return
        shown = any_preview(gem, reading, same_people=True)
        answer = described(options["group"], shown)
        if options["commit"]:
            answer["committed"] = self._commit(gem, reading)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self._say(reading, answer)

    def _budget(self, gem: GemOfFile, read: BudgetRead, options: dict[str, Any]) -> None:
        year = options["year"] or read.year or today_of(gem.id).year
        answer = described_budget(options["group"], year, read)
        if options["commit"]:
            new, known = budget.write_budget(
                actor=SYSTEM, gem_id=gem.id, rows=read.rows, year=year, key=new_key()
            )
            answer["committed"] = {"lines": new, "already_there": known}
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(
            f"Budget {year} : {len(read.rows)} lignes, {len(read.wrong_totals)} totaux différents, "
            f"{len(read.unread)} montants pas lus."
        )
        if "committed" in answer:
            self.stdout.write(f"Ajouté : {new} lignes. Elles y étaient déjà : {known}.")
        else:
            self.stdout.write("Rien n'est ajouté. Pour ajouter : --commit")

    def _refuse(self, refusal: UnreadableFile, as_json: bool) -> None:
        if as_json:
            said = {"error": refusal.message_fr, "reason": refusal.reason_code}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            self.stderr.write(refusal.message_fr)

    def _commit(self, gem: GemOfFile, reading: Reading) -> dict[str, Any]:
        if not is_writable(reading.kind):
            return {"presences": 0, "people": 0, "message": declined_message(reading.kind)}
        batch = commit_reading(actor=SYSTEM, gem=gem, reading=reading)
        return {"batch": str(batch.pk), **batch.result}

    def _say(self, reading: Reading, answer: dict[str, Any]) -> None:
        if not is_writable(reading.kind):
            self.stdout.write(declined_message(reading.kind))
            return
        self.stdout.write(_summary(reading, answer))
        for question in answer["questions"]:
            self.stdout.write(f"Question : {question['text']}")
        if "committed" in answer:
            self.stdout.write(f"Ajouté : {_counts(answer['committed'])}.")
        else:
            self.stdout.write("Rien n'est ajouté. Pour ajouter : --commit")


def described_budget(group: str, year: int, read: BudgetRead) -> dict[str, Any]:
    """Return what --json says of a budget; amounts in cents."""
    return {
        "kind": Kind.BUDGET.value,
        "group": group,
        "year": year,
        "lines": [asdict(row) for row in read.rows],
        "wrong_totals": [asdict(total) for total in read.wrong_totals],
        "unread": list(read.unread),
    }


def _summary(reading: Reading, answer: dict[str, Any]) -> str:
    """Return one line that says what was read."""
    left = f"{len(answer['unreadable'])} lignes pas lues."
    if reading.kind is Kind.MEMBERS:
        return f"{len(answer['people'])} prénoms, {len(reading.memberships)} adhésions, {left}"
    if reading.kind in (Kind.PROGRAMME, Kind.CALENDAR):
        return f"{len(reading.planned)} activités, {len(reading.opened)} ouvertures, {left}"
    return (
        f"{len(answer['presences'])} présences, {len(answer['people'])} prénoms, "
        f"{answer['visitors']} visiteurs, {left}"
    )


def _counts(committed: dict[str, Any]) -> str:
    said = {
        "presences": "présences",
        "people": "prénoms",
        "memberships": "adhésions",
        "activities": "activités",
        "series": "activités de chaque semaine",
        "openings": "ouvertures",
    }
    found = [f"{committed[name]} {words}" for name, words in said.items() if committed.get(name)]
    return ", ".join(found) or "rien de nouveau"


def described(group: str, shown: AnyPreview) -> dict[str, Any]:
    """Return the answer of --json: plain values, keys stable for other programs."""
    reading = shown.reading
    labels = {person.index: person.label for person in reading.people}
    return {
        "kind": reading.kind.value,
        "group": group,
        "title": reading.title_group,
        "presences": [[labels[p.person], p.day.isoformat()] for p in reading.presences],
        "people": [person.label for person in reading.people],
        "visitors": sum(visit.count for visit in reading.visitors),
        "heads": [[sticks.day.isoformat(), sticks.count] for sticks in reading.head_counts],
        **_of_kind(shown),
        "unreadable": [
            {"sheet": line.sheet, "line": line.line, "reason": line.reason}
            for line in reading.unreadable
        ],
        "questions": [
            {
                "text": _whole_text(question, shown.same_names),
                "choices": [choice.label for choice in question.choices],
            }
            for question in shown.questions
        ],
        "dropped": list(reading.dropped),
        "notes": list(reading.notes),
    }


def _of_kind(shown: AnyPreview) -> dict[str, Any]:
    """What only a list of members, or only a programme, says."""
    reading = shown.reading
    if isinstance(shown, MembersPreview):
        labels = {person.index: person.label for person in reading.people}
        return {
            "memberships": [
                {
                    "label": labels[m.person],
                    "year": m.year,
                    "started_on": m.started_on.isoformat(),
                    "fee_cents": m.fee_cents,
                    "is_first": m.is_first,
                }
                for m in reading.memberships
            ],
            "new_people": list(shown.new_names),
            "new_memberships": len(shown.memberships),
        }
    if isinstance(shown, ProgrammePreview):
        return {
            "activities": [_activity(one) for one in reading.planned],
            "openings": [
                [o.day.isoformat(), f"{clock(o.start):%H:%M}", o.minutes] for o in reading.opened
            ],
            "closed": [day.isoformat() for day in reading.closed_days],
            "new_activities": len(shown.activities),
            "already_there": len(shown.already_there),
        }
    return {}


def _activity(one: Planned) -> dict[str, Any]:
    said = one.activity
    return {
        "day": one.day.isoformat(),
        "weekly": one.weekly,
        "starts_at": f"{clock(said.start):%H:%M}",
        "minutes": said.minutes,
        "title": said.title,
        "guessed": said.guessed,
        "led_by": said.led_by,
        "seats": said.seats,
        "price_cents": said.price_cents,
    }


def _whole_text(question: Question, same_names: tuple[str, ...]) -> str:
    """Return the question with the names it is about, which a page shows beside it."""
    if question.id != KNOWN_LABELS or len(same_names) == 1:
        return question.text
    return f"{question.text} {', '.join(same_names)}"
