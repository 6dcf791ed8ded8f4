"""Tables with no domain word."""

from django.db import models


class Receipt(models.Model):
    """A submission that was carried out once: the same key again changes nothing.

    Kept 400 days (an offline phone may replay a form a year later).
    """

    key = models.UUIDField(primary_key=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
