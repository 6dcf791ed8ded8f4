"""The money of a GEM, in whole cents. None of these tables says who typed, nor names a person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from espace.governance.choices.money import (
    BudgetMoment,
    CashMove,
    Category,
    Credit,
    DecidedBy,
    Side,
)
from espace.groups.models import Gem, Identified

CASH_CATEGORIES = [*Category.choices, *CashMove.choices]


class BudgetLine(Identified):
    """One line of a year's budget: what was planned, what it came to (fact « budget_line »)."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="budget_lines")
    year = models.PositiveSmallIntegerField(_("année"))
    side = models.CharField(max_length=8, choices=Side)
    category = models.CharField(_("famille"), max_length=28, choices=Category)
    account = models.CharField(_("compte"), max_length=6, blank=True)
    label = models.CharField(_("libellé"), max_length=80)
    planned_cents = models.BigIntegerField(_("prévu, en centimes"), null=True, blank=True)
    actual_cents = models.BigIntegerField(_("réalisé, en centimes"), null=True, blank=True)
    in_kind = models.BooleanField(_("aide sans argent"), default=False)
    credit = models.CharField(_("crédit"), max_length=10, choices=Credit, blank=True)
    decided_by = models.CharField(max_length=12, choices=DecidedBy, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["year", "side", "account", "label", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="budget_line_of_a_year", fields=["gem", "year"])
        ]


class BudgetEvent(Identified):
    """A date of the life of a budget (fact « budget_event »); ``year`` is the budget's."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="budget_events")
    year = models.PositiveSmallIntegerField(_("année du budget"))
    kind = models.CharField(max_length=24, choices=BudgetMoment)
    date = models.DateField()
    easy_read = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-date", "kind", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_budget_event_a_day", fields=["gem", "kind", "year", "date"]
            )
        ]


class AccountsPromise(Identified):
    """Accounts that the managing organisation promised for a day, and the day they came."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="accounts_promises")
    what = models.CharField(_("quels comptes"), max_length=80)
    promised_for = models.DateField(_("promis pour le"))
    received_on = models.DateField(_("reçus le"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-promised_for", "id"]


class CashLine(Identified):
    """One line of the cash book; out is below zero. It is corrected by another, never changed."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="cash_lines")
    date = models.DateField()
    label = models.CharField(_("libellé"), max_length=80)
    amount_cents = models.BigIntegerField(_("montant, en centimes"))
    category = models.CharField(_("famille"), max_length=28, choices=CASH_CATEGORIES)
    # A photo of the ticket; read by the bureau and the staff, as it may name someone.
    receipt = models.FileField(upload_to="receipts", max_length=120, blank=True)
    # The order of typing within a day: no clock, so nobody can be guessed from it.
    number = models.PositiveIntegerField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrected_by"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-date", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_cash_number", fields=["gem", "number"]),
            models.CheckConstraint(name="a_cash_line_moves_money", condition=~Q(amount_cents=0)),
        ]


class CashCount(Identified):
    """« Compté en caisse » : what was counted, and what the book said on that day."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="cash_counts")
    date = models.DateField()
    counted_cents = models.BigIntegerField(_("compté, en centimes"))
    computed_cents = models.BigIntegerField(_("calculé, en centimes"))
    number = models.PositiveIntegerField()
    # The gap was written in the book as a line of its own.
    settled = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_cash_count_number", fields=["gem", "number"])
        ]
