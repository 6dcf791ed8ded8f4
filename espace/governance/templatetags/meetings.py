"""Filters that say in words what the rules of assemblies answer."""

from datetime import time

from django import template

from espace.governance.rules.assemblies import NoticeAnswer, QuorumAnswer
from espace.governance.wording import meetings as wording

register = template.Library()


@register.filter
def hour(moment: time) -> str:
    """Return « 10 h » or « 10 h 30 »."""
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


@register.filter
def quorum_words(answer: QuorumAnswer) -> str:
    """Say whether enough people are there."""
    return wording.say_quorum(answer)


@register.filter
def notice_words(answer: NoticeAnswer) -> str:
    """Say whether people are told early enough."""
    return wording.say_notice(answer)


@register.filter
def outcome_words(outcome: str) -> str:
    """Say what a show of hands decides."""
    return wording.say_outcome(outcome)


@register.filter
def trouble_words(trouble: str) -> str:
    """Say why a proxy does not count."""
    return wording.say_proxy_trouble(trouble)
