"""What a year of entering costs an employee: each page walked, each tap and each letter counted.

Run: .venv/bin/python bench/entry_effort.py
Makes a GEM of 40 members in a database of its own, where 67 people come in the year, and lives
250 opening days through the pages themselves, the clock moved from day to day. One employee
enters everything, which is the worst case: in a GEM, members and elected people do much of it.
A tap is one second, and so are two characters typed; a list to choose from is two taps. A link
that the page at hand does not show, or a form that comes back with an error, stops the bench.
The issue's bar: under 10 minutes a week.
"""

import os
import random
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.hand import SECONDS_A_CHARACTER, SECONDS_A_TAP, Hand  # noqa: E402 -- the path above first

YEAR = 2026
FEE = "20"
PEOPLE_IN_JANUARY, MEMBERS, PEOPLE = 45, 40, 67
OPEN_DAYS, WEEKS, BAR_MINUTES = 250, 52, 10
SIGN_IN_SECONDS = 5 * SECONDS_A_TAP + (25 + 6) * SECONDS_A_CHARACTER
"""Once a week: an address of 25 letters, a code of 6 digits, and their buttons."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
START_OF_YEAR = {
    "documents": 6,
    "partenaires": 8,
    "equipe": 2,
    "benevoles": 2,
    "formations": 2,
    "rencontres": 1,
    "local": 4,
}
EACH_MONTH = {"ensemble": 3, "rencontres": 1}
"""What a busy GEM writes in its binder: 25 rows in January, then 4 each month."""
PHRASE = "Nous avons parlé de la sortie et de qui tient le café. "


# --- The year ---


def open_days() -> list[date]:
    """Return 250 days from Monday to Friday, spread over the year."""
    start = date(YEAR, 1, 2)
    every = [start + timedelta(days=n) for n in range(363)]
    week_days = [day for day in every if day.weekday() < 5]
    closed = set(random.Random(7).sample(week_days, len(week_days) - OPEN_DAYS))
    return [day for day in week_days if day not in closed]


def series(hand: Hand) -> None:
    """Five activities that come back each week, typed once."""
    for title, day in (
        ("Café du matin", 5),
        ("Atelier cuisine", 6),
        ("Marche au bord de l'eau", 7),
        ("Jeux de société", 8),
        ("Atelier peinture", 9),
    ):
        with hand.doing("Programme : une série"):
            hand.open("/")
            hand.follow("/programme/")
            hand.follow("/programme/ajouter/")
            hand.send(
                hand.form("title"),
                title=title,
                day=f"{day:02d}/01/{YEAR}",
                starts_at="14h",
                hours="2",
                rhythm="1",
                last_on=f"18/12/{YEAR}",
                family="repas_cuisine" if "cuisine" in title else "autre",
                led_by="adherent",
            )


def day_sheet(hand: Hand, day: date, paper: random.Random, newcomers: int) -> None:
    """Who came, tapped one by one; a newcomer typed; who came to see, counted."""
    with hand.doing("Feuille du jour"):
        hand.open("/")
        hand.follow("/aujourdhui/")
        names = hand.buttons("venu", hand.form("venu", "/pointer/"))
        for one in paper.sample(names, min(len(names), paper.randint(12, 20))):
            hand.send(hand.form("venu", "/pointer/"), ("venu", one))
        if newcomers:
            hand.send(hand.form("nom"), nom=f"Nouveau{LETTERS[newcomers]} {LETTERS[newcomers]}")
        if paper.random() < 0.3:
            hand.send(hand.form("geste", "/compter/"), ("geste", "decouverte:1"))
    activity = rf"/aujourdhui/{day}/activites/[0-9a-f-]+/"
    if not hand.sees(activity):
        return
    with hand.doing("Feuille du jour : une activité"):
        hand.follow(activity)
        here = hand.buttons("venu", hand.form("venu"))
        for one in paper.sample(here, min(len(here), 6)):
            hand.send(hand.form("venu"), ("venu", one))


def week(hand: Hand, monday: date) -> None:
    """Two activities that come once, and four lines of the cash book."""
    for title in ("Sortie au musée de la ville", "Repas partagé"):
        with hand.doing("Programme : une activité"):
            hand.open("/")
            hand.follow("/programme/")
            hand.follow("/programme/ajouter/")
            hand.send(
                hand.form("title"),
                title=title,
                day=f"{monday + timedelta(days=3):%d/%m/%Y}",
                starts_at="10h",
                hours="3",
            )
    with hand.doing("Cahier de caisse : quatre lignes"):
        hand.open("/")
        hand.follow("/notre-gem/")
        hand.follow("/notre-gem/organisation/")
        hand.follow("/argent/")
        hand.follow("/argent/caisse/")
        for label, amount in (
            ("Courses du repas partagé", "43,20"),
            ("Café, sucre, gâteaux", "18,75"),
            ("Timbres", "8,40"),
            ("Participation à la sortie", "12"),
        ):
            hand.send(hand.form("libelle"), libelle=label, montant=amount)


def month_end(hand: Hand, month: date) -> None:
    """The month card, the cash counted, the month finished."""
    with hand.doing("Fiche du mois"):
        hand.open("/")
        hand.follow("/aujourdhui/")
        hand.follow(rf"/mois/{month:%Y-%m}/")
        hand.follow(rf"/mois/{month:%Y-%m}/fiche/")
        form = hand.form("vu")
        boxes = [one.name for one in form.xpath(".//input[@type='text']")]
        hand.send(form, **dict.fromkeys(boxes[:14], "3"))
    with hand.doing("Fin du mois"):
        hand.open(f"/mois/{month:%Y-%m}/")
        hand.send(hand.form("geste"), ("geste", "finir"), **minutes_of(hand))
    with hand.doing("Caisse comptée"):
        hand.open("/argent/caisse/")
        hand.follow("/argent/caisse/compter/")
        hand.send(hand.form("compte"), compte="120,50")


def minutes_of(hand: Hand) -> dict[str, str]:
    """Return the answer to « how long », when the page asks."""
    asked = hand.page.xpath("//form//input[@name='minutes']")
    return {"minutes": "40"} if asked else {}


def meeting(hand: Hand, kind: str, day: date, there: int, paper: random.Random) -> None:
    """A meeting, from its agenda to its shared minutes, typed by the employee alone."""
    with hand.doing("Réunion, de l'ordre du jour au compte rendu"):
        hand.open("/")
        hand.follow("/decider/")
        hand.follow("/decider/preparer/")
        points = "\n".join(
            ("Le programme du mois", "La sortie d'été", "L'argent du GEM", "Le local")
        )
        hand.send(hand.form("points"), kind=kind, day=f"{day:%d/%m/%Y}", hour="14h", points=points)
        here = hand.url
        hand.follow(rf"{here}presences/")
        names = hand.buttons("venu", hand.form("venu"))
        for one in paper.sample(names, min(len(names), there)):
            hand.send(hand.form("venu"), ("venu", one))
        hand.follow(rf"{here}compte-rendu/")
        form = hand.form("en_clair")
        texts = [area.name for area in form.xpath(".//textarea")]
        hand.send(form, **dict.fromkeys(texts, PHRASE * 4))
        for text in ("La sortie aura lieu en juin.", "Karim et Nadia tiennent le café du lundi."):
            hand.open(f"{here}compte-rendu/")
            hand.follow(rf"{here}decision/")
            hand.send(hand.form("text"), text=text)
        hand.open(f"{here}compte-rendu/")
        hand.send(
            next(f for f in hand.page.forms if (f.get("action") or "").endswith("/partager/"))
        )


def fees(hand: Hand) -> None:
    """Forty memberships of the year, one after the other on one page."""
    hand.open("/argent/cotisations/")
    for _one in range(MEMBERS):
        with hand.doing("Cotisation"):
            form = hand.form("montant")
            people = [one.get("value") for one in form.xpath(".//select[@name='personne']//option")]
            hand.send(form, personne=people[-1], montant=FEE)


def binder(hand: Hand, day: date, rows: dict[str, int]) -> None:
    """Rows of the year's binder, every field filled: more than anyone writes."""
    for register, number in rows.items():
        for _one in range(number):
            with hand.doing("Classeur : une ligne"):
                hand.open("/notre-gem/classeur/")
                hand.follow(rf"/notre-gem/classeur/{register}/")
                hand.follow(rf"/notre-gem/classeur/{register}/ajouter/")
                form = hand.form("cle", "")
                hand.send(form, **written(form, register, day))


def written(form: Any, register: str, day: date) -> dict[str, str]:
    """Return something to write in each field that a row of ``register`` has."""
    from django.db import models

    from espace.binder.forms import FIELDS, LISTS

    model, names = FIELDS[register]
    values: dict[str, str] = {}
    ends = day + timedelta(days=365)
    for name in names:
        column = model._meta.get_field(name)
        if name == "file" or name in LISTS:
            continue
        if isinstance(column, models.DateField):
            values[name] = f"{ends if 'end' in name else day:%d/%m/%Y}"
        elif column.choices or isinstance(column, models.BooleanField):
            offered = form.xpath(f".//select[@name='{name}']/option/@value")
            offered += form.xpath(f".//input[@type='radio'][@name='{name}']/@value")
            values |= {name: offered[-1]} if offered else {}
        elif isinstance(column, models.EmailField):
            values[name] = "accueil@ville.exemple"
        elif isinstance(column, models.CharField):
            values[name] = "0298000000" if "phone" in name else "La médiathèque du centre"
        elif name == "year":
            values[name] = str(day.year)
        else:
            values[name] = "1"
    return values


def tasks(hand: Hand) -> None:
    """The sheets we propose, and who holds each of them."""
    with hand.doing("Qui fait quoi : prendre les fiches"):
        hand.open("/decider/taches/")
        hand.send(next(f for f in hand.page.forms if "/proposees/" in (f.get("action") or "")))
    one = r"/decider/taches/[0-9a-f-]{36}/"
    sheets = {link.get("href") for link in hand.page.iter("a")}
    for sheet in sorted(link for link in sheets if re.fullmatch(one, link or "")):
        hand.open(sheet)
        if not hand.page.xpath("//select[@id='autre']"):
            continue
        with hand.doing("Qui fait quoi : quelqu'un la prend"):
            hand.open("/decider/taches/")
            hand.follow(re.escape(sheet))
            form = next(f for f in hand.page.forms if f.xpath(".//select[@id='autre']"))
            hand.send(
                form,
                ("geste", "prendre"),
                personne=form.xpath(".//select[@id='autre']/option/@value")[-1],
            )


def budget(hand: Hand) -> None:
    """Sixteen lines of the budget, planned, typed one by one."""
    for rank in range(16):
        with hand.doing("Budget : une ligne"):
            hand.open("/argent/budget/")
            hand.follow(rf"/argent/budget/{YEAR}/ajouter/")
            hand.send(
                hand.form("libelle"),
                libelle=f"Ligne du budget {rank}",
                prevu="1 200",
                realise="900",
            )


def live(hand: Hand, enter: Any, set_clock: Any) -> None:
    """Live the year."""
    from espace.activities.jobs import plan_all

    paper = random.Random(YEAR)
    newcomers = iter(range(1, PEOPLE - PEOPLE_IN_JANUARY + 1))
    seen_months: set[date] = set()
    weeks: set[tuple[int, int]] = set()
    for rank, day in enumerate(open_days()):
        set_clock(day)
        if day.isocalendar()[:2] not in weeks:
            weeks.add(day.isocalendar()[:2])
            hand.client = enter()
            with hand.doing("Entrer sur le site"):
                hand.taps["Entrer sur le site"] += 5
                hand.characters["Entrer sur le site"] += 31
            if rank == 0:
                series(hand)
                fees(hand)
                budget(hand)
                binder(hand, day, START_OF_YEAR)
                tasks(hand)
            # What the worker does each night: the dates of series for the weeks to come.
            plan_all("")
            week(hand, day)
        day_sheet(hand, day, paper, next(newcomers, 0) if rank % 11 == 5 else 0)
        month = day.replace(day=1)
        if month in seen_months:
            continue
        seen_months.add(month)
        binder(hand, day, EACH_MONTH)
        if month.month > 1:
            month_end(hand, (month - timedelta(days=1)).replace(day=1))
        meeting(hand, "reunion_adherents", day, 15, paper)
        if month.month % 2:
            meeting(hand, "bureau", day, 5, paper)
        if month.month == 3:
            meeting(hand, "ag", day, 24, paper)
    set_clock(date(YEAR, 12, 31))
    month_end(hand, date(YEAR, 12, 1))


# --- A database of its own ---


def prepare(folder: str) -> None:
    """Set Django on an empty database of this bench."""
    os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="config.settings")
    import django
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.LOGGING["loggers"] = {}
    django.setup()
    import logging

    logging.disable(logging.INFO)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0)


def make_gem() -> Any:
    """Make the GEM of January; return the account of its employee."""
    from espace.accounts.choices import Role
    from espace.groups.models import OpeningHours
    from espace.groups.tests import factories

    gem = factories.make_gem(slug="effort")
    for weekday in range(1, 6):
        OpeningHours.objects.create(gem=gem, weekday=weekday, starts_at=time(10), ends_at=time(17))
    account = factories.make_account()
    factories.make_mandate(gem, account, Role.ANIMATOR)
    for rank in range(PEOPLE_IN_JANUARY):
        factories.make_person(gem, f"Prénom{rank:02d}", "B")
    return account


def entering(account: Any) -> Iterator[Any]:
    """Yield clients signed in as ``account``, a new one at each turn."""
    from django.test import Client

    from espace.accounts import strength
    from espace.accounts.choices import Proof

    while True:
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        strength.note(session, Proof.DEMONSTRATION)
        strength.settled(session)
        session.save()
        yield client


def table(hand: Hand) -> Iterable[str]:
    """Yield the lines of the table by gesture, the longest first, and the total."""
    yield f"{'gesture':46} {'times':>6} {'taps':>6} {'letters':>8} {'s each':>7} {'min/week':>9}"
    total = 0.0
    for gesture in sorted(hand.times, key=hand.seconds, reverse=True):
        seconds = hand.seconds(gesture)
        total += seconds
        yield (
            f"{gesture:46} {hand.times[gesture]:6} {hand.taps[gesture]:6} "
            f"{hand.characters[gesture]:8} {seconds / hand.times[gesture]:7.1f} "
            f"{seconds / 60 / WEEKS:9.2f}"
        )
    yield f"{'all':46} {'':6} {'':6} {'':8} {'':7} {total / 60 / WEEKS:9.2f}"
    yield f"bar: {BAR_MINUTES} minutes a week; {total / 3600:.1f} hours in the year"


def main() -> int:
    """Print the table; return 1 when a week costs more than the bar."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        prepare(folder)
        from django.utils import timezone

        from espace.activities.models import Attendance
        from espace.groups.models import Person

        clients = entering(make_gem())

        def set_clock(day: date) -> None:
            instant = datetime.combine(day, time(16), ZoneInfo("Europe/Paris"))
            timezone.now = lambda: instant.astimezone(ZoneInfo("UTC"))

        hand = Hand(None)
        live(hand, lambda: next(clients), set_clock)
        days = Attendance.objects.values("date").distinct().count()
        print(
            f"{Person.objects.count()} people, {days} days, {Attendance.objects.count()} presences"
        )
        print("\n".join(table(hand)))
        total = sum(hand.seconds(gesture) for gesture in hand.times)
    return 0 if total / 60 / WEEKS < BAR_MINUTES else 1


if __name__ == "__main__":
    sys.exit(main())
