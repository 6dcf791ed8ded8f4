"""What is kept of an erased person: a keyed hash, so that a restored backup erases them again."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class ErasedMark(models.Model):
    """A keyed hash of the id of an erased account or line: says nothing without the id itself."""

    mark = models.CharField(primary_key=True, max_length=64)
    erased_on = models.DateField()


class LastVisit(models.Model):
    """The month an account was last used, and the notices sent since: never the day."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    month = models.DateField()
    told = models.PositiveSmallIntegerField(default=0)
    told_on = models.DateField(null=True)


class AccountMonth(models.Model):
    """How many accounts of a role were used in a month in a GEM (fact « account_month »)."""

    gem = models.ForeignKey("groups.Gem", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    role = models.CharField(max_length=16)
    active_count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_count_a_role", fields=["gem", "month", "role"])
        ]
