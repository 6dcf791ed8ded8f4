"""Tables with no domain word."""

from django.db import models


class Receipt(models.Model):
    """A submission that was carried out once: the same key again changes nothing.

    Kept 400 days (an offline phone may replay a form a year later).
    """

    key = models.UUIDField(primary_key=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)


class PageWeight(models.Model):
    """How many pages of a month weighed so many kilobytes. No address, no reader."""

    month = models.DateField()
    kilobytes = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="one_weight_a_month", fields=["month", "kilobytes"]),
        )


class PageMonth(models.Model):
    """The middle weight of the pages of a month (fact « page_month »)."""

    month = models.DateField(unique=True)
    median_kb = models.PositiveIntegerField()
