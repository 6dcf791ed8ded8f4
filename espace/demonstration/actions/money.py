"""Writes the money of a fictional GEM: two budgets, their dates, a cash book."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from espace.demonstration.actions.places import fresh_id
from espace.demonstration.rules.money import budget, cash
from espace.governance.choices.money import BudgetMoment
from espace.governance.models import (
    AccountsPromise,
    BudgetEvent,
    BudgetLine,
    CashCount,
    CashLine,
)
from espace.groups.models import Gem

WEEKS_OF_CASH = 11


def write_money(gem: Gem, today: date, rng: Random) -> None:
    """Write last year whole, and this year as far as it goes."""
    grant = rng.randrange(78, 112) * 1000
    for year in (today.year - 1, today.year):
        done = (today - date(year, 1, 1)).days / 366 if year == today.year else 1
        _write_budget(gem, year, grant, min(done, 1), rng)
        _write_dates(gem, year, today, rng)
    _write_promises(gem, today, rng)
    _write_cash(gem, today, rng)


def _write_budget(gem: Gem, year: int, grant: int, done: float, rng: Random) -> None:
    voted = date(year, 3, 14)
    BudgetLine.objects.bulk_create(
        BudgetLine(
            id=fresh_id(rng),
            gem=gem,
            year=year,
            side=line.side,
            category=line.category,
            account=line.account,
            label=line.label,
            planned_cents=line.planned,
            actual_cents=line.actual,
            in_kind=line.in_kind,
            decided_by=line.decided_by,
            decided_on=voted if line.decided_by else None,
        )
        for line in budget(grant, done, rng)
    )


def _write_dates(gem: Gem, year: int, today: date, rng: Random) -> None:
    dates: Sequence[tuple[BudgetMoment, int, date, bool]] = (
        (BudgetMoment.BUDGET_CA, year, date(year, 1, 22), False),
        (BudgetMoment.BUDGET_AG, year, date(year, 3, 14), True),
        (BudgetMoment.COMPTES_CA, year - 1, date(year, 2, 19), False),
        (BudgetMoment.COMPTES_AG, year - 1, date(year, 3, 14), True),
        (BudgetMoment.NOTIFIEE, year, date(year, 4, 8), False),
        (BudgetMoment.VERSEE, year, date(year, 5, 20) + timedelta(days=rng.randint(0, 60)), False),
        (BudgetMoment.POINT, year, date(year, 6, 10), True),
        (BudgetMoment.POINT, year, date(year, 10, 7), True),
    )
    BudgetEvent.objects.bulk_create(
        BudgetEvent(id=fresh_id(rng), gem=gem, year=of, kind=kind, date=day, easy_read=easy)
        for kind, of, day, easy in dates
        if day <= today
    )


def _write_promises(gem: Gem, today: date, rng: Random) -> None:
    year = today.year
    said = (
        (f"Comptes de l'année {year - 1}", date(year, 1, 31), date(year, 2, 16)),
        (f"Comptes du premier semestre {year}", date(year, 7, 31), date(year, 9, 24)),
        (f"Comptes de l'été {year}", today - timedelta(days=25), None),
    )
    AccountsPromise.objects.bulk_create(
        AccountsPromise(
            id=fresh_id(rng), gem=gem, what=what, promised_for=promised, received_on=received
        )
        for what, promised, received in said
        if promised < today and (received is None or received <= today)
    )


def _write_cash(gem: Gem, today: date, rng: Random) -> None:
    lines = list(cash(today - timedelta(weeks=WEEKS_OF_CASH), today, rng))
    CashLine.objects.bulk_create(
        CashLine(
            id=fresh_id(rng),
            gem=gem,
            date=line.day,
            label=line.label,
            amount_cents=line.cents,
            category=line.category,
            number=number,
        )
        for number, line in enumerate(lines, 1)
    )
    left = sum(line.cents for line in lines)
    CashCount.objects.create(
        id=fresh_id(rng),
        gem=gem,
        date=today,
        counted_cents=left - 120,
        computed_cents=left,
        number=1,
    )
