"""Filters that write hours and weeks as the pages say them."""

from datetime import date, time

from django import template

from espace.activities.rules.moments import say_time, week_code

register = template.Library()


@register.filter
def hour(moment: time) -> str:
    """Return « 10 h » or « 10 h 30 »."""
    return say_time(moment)


@register.filter
def whole_hour(moment: time) -> str:
    """Return the hour so that a narrow column never cuts it in two."""
    return say_time(moment).replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def week(day: date) -> str:
    """Return the ISO week of ``day`` as addresses write it: « 2026-W46 »."""
    return week_code(day)
