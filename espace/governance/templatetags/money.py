"""Filters that write money as the pages say it."""

from django import template

from espace.governance.rules.money import say_cents

register = template.Library()


@register.filter
def euros(cents: int | None) -> str:
    """Return « 1 234,50 € »; a dash when nobody knows."""
    return "–" if cents is None else say_cents(cents)


@register.filter
def apart(cents: int) -> str:
    """Return an amount without its sign, when the sentence says it."""
    return say_cents(abs(cents))


@register.filter
def moved(cents: int) -> str:
    """Return an amount with its sign, « + 12 € » or « − 3 € », for a column of moves."""
    sign = "+" if cents > 0 else "\N{MINUS SIGN}"
    return f"{sign}\N{NO-BREAK SPACE}{say_cents(abs(cents))}"
