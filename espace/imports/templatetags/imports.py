"""Filters that write hours as the pages of imports say them."""

from django import template

from espace.imports.reading import Activity, Opened
from espace.imports.rules.programme import say_hours

register = template.Library()


@register.filter
def said_hours(one: Activity | Opened) -> str:
    """Return « 10 h – 12 h 30 »."""
    return say_hours(one)
