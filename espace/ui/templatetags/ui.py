"""Template tags of the components: icon, field, form_errors, can."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from espace.ui import gate
from espace.ui.icons import drawings

register = template.Library()

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """Return the inline drawing ``name``, hidden from screen readers: its word stands beside it."""
    inner = mark_safe(drawings()[name])  # noqa: S308  (our own file, never a person's text)
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        extra_class,
        inner,
    )


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Draw one form field: label, help, error, then the widget."""
    widget = bound.field.widget
    kind = "group" if isinstance(widget, GROUPS) else "line"
    if isinstance(widget, forms.CheckboxInput):
        kind = "tick"
    return {"field": bound, "kind": "hidden" if bound.is_hidden else kind}


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """Draw the summary of a form's errors, which takes focus; nothing when there is none."""
    lines = [
        (form[name], form[name].id_for_label or f"{form[name].auto_id}_0", errors)
        for name, errors in form.errors.items()
        if name in form.fields
    ]
    return {"lines": lines, "general": form.non_field_errors()}


@register.simple_tag(takes_context=True)
def can(context: Context, name: str, thing: Any = None) -> bool:
    """Tell whether who is asking may do ``name`` to ``thing``: {% can "…" thing as allowed %}."""
    return gate.allows(context["actor"], name, thing)
