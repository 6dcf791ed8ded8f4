"""What is kept of an erased person: a keyed hash, so that a restored backup erases them again."""

from django.db import models


class ErasedMark(models.Model):
    """A keyed hash of the id of an erased account or line: says nothing without the id itself."""

    mark = models.CharField(primary_key=True, max_length=64)
    erased_on = models.DateField()
