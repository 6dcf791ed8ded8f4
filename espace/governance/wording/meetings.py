"""What the rules of assemblies answer, said in plain French."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from espace.governance.rules.assemblies import (
    Notice,
    NoticeAnswer,
    Outcome,
    ProxyTrouble,
    QuorumAnswer,
    QuorumState,
)
from espace.groups.rules.private_text import seems_about_health

OUTCOMES = {
    Outcome.ADOPTED: gettext_lazy("C'est adopté."),
    Outcome.REJECTED: gettext_lazy("Ce n'est pas adopté."),
    Outcome.VOTE_AGAIN: gettext_lazy("Autant de oui que de non : on en parle, puis on revote."),
    Outcome.ASK_CHAIR: gettext_lazy(
        "Autant de oui que de non : la voix de la présidence décide. Dites son vote."
    ),
    Outcome.NOBODY_VOTED: gettext_lazy("Personne n'a dit oui ni non."),
    Outcome.UNKNOWN: gettext_lazy("Nous ne savons pas : vos statuts ne le disent pas encore ici."),
}

PROXY_TROUBLES = {
    ProxyTrouble.NOT_ALLOWED: gettext_lazy("vos statuts n'acceptent pas les pouvoirs"),
    ProxyTrouble.TO_ONESELF: gettext_lazy("on ne se donne pas un pouvoir à soi-même"),
    ProxyTrouble.GIVER_IS_HERE: gettext_lazy("cette personne est là"),
    ProxyTrouble.HOLDER_IS_AWAY: gettext_lazy("la personne qui le porte n'est pas là"),
    ProxyTrouble.HOLDER_DOES_NOT_VOTE: gettext_lazy("la personne qui le porte ne vote pas"),
    ProxyTrouble.GIVER_DOES_NOT_VOTE: gettext_lazy("cette personne ne vote pas"),
    ProxyTrouble.GIVEN_TWICE: gettext_lazy("ce pouvoir est donné deux fois"),
    ProxyTrouble.TOO_MANY: gettext_lazy("une personne porte trop de pouvoirs"),
}


def say_about_health(text: str) -> str:
    """Return what to say of a text that others will read and that may tell of someone's health.

    Empty when it does not: the text is kept either way, whoever wrote it decides.
    """
    if not seems_about_health(text):
        return ""
    return _(
        "Ce texte semble parler de la santé de quelqu'un. Il est gardé. Vous pouvez l'enlever."
    )


def say_quorum(answer: QuorumAnswer) -> str:
    """Say whether enough people are there."""
    counted = ngettext(
        "%(n)s personne compte.", "%(n)s personnes comptent.", max(1, answer.counted)
    ) % {"n": answer.counted}
    if answer.state is QuorumState.NONE_NEEDED:
        return _("Il n'y a pas de minimum : vous pouvez décider.")
    if answer.state is QuorumState.REACHED:
        return _("Assez de personnes sont là : %(n)s, il en faut %(needed)s.") % {
            "n": answer.counted,
            "needed": answer.needed,
        }
    if answer.state is QuorumState.MISSING:
        words = ngettext(
            "Il manque %(n)s personne : il en faut %(needed)s.",
            "Il manque %(n)s personnes : il en faut %(needed)s.",
            answer.lacking,
        )
        return words % {"n": answer.lacking, "needed": answer.needed}
    if answer.state is QuorumState.PROXIES_UNKNOWN:
        return _("Avec les pouvoirs, c'est assez. Sans eux, non. Que disent vos statuts ?")
    return f"{counted} {_('Nous ne savons pas combien il en faut.')}"


def say_notice(answer: NoticeAnswer) -> str:
    """Say whether people are told early enough; empty when there is nothing to say."""
    if answer.state is Notice.SHORT and answer.earliest is not None:
        words = ngettext(
            "Vos statuts demandent %(n)s jour. Premier jour possible : %(day)s.",
            "Vos statuts demandent %(n)s jours. Premier jour possible : %(day)s.",
            answer.needed or 0,
        )
        return words % {"n": answer.needed, "day": date_format(answer.earliest, "l j F")}
    if answer.state is Notice.ENOUGH and answer.needed:
        return _("Les personnes sont prévenues %(days)s jours avant : c'est assez.") % {
            "days": answer.days
        }
    return ""


def say_outcome(outcome: str) -> str:
    """Say what a show of hands decides."""
    return str(OUTCOMES[Outcome(outcome)])


def say_proxy_trouble(trouble: str) -> str:
    """Say why a proxy does not count."""
    return str(PROXY_TROUBLES[ProxyTrouble(trouble)])
