"""What a count says, and what it cannot hide, in plain French."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from espace.governance.choices.meetings import ElectionTie
from espace.governance.rules.assemblies import Election
from espace.governance.rules.ballots import Counted, MarksTrouble

TROUBLES = {
    MarksTrouble.TOO_MANY: gettext_lazy(
        "Il y a plus de choix que de places. Rien n'est parti : enlevez-en."
    ),
    MarksTrouble.UNKNOWN: gettext_lazy("Un choix n'est pas sur le bulletin. Rien n'est parti."),
}


def say_limits(counted: Counted) -> list[str]:
    """Return what a small or unanimous vote lets people guess; empty when nothing."""
    said = []
    if counted.alike:
        said.append(
            _("Tous les bulletins disent la même chose. Chacun sait donc ce que l'autre a voté.")
        )
    if counted.few:
        said.append(_("Peu de personnes ont voté. Le secret est moins sûr."))
    return said


def say_tie(election: Election) -> str:
    """Return what to do of people with as many voices; empty when the result is whole."""
    if not election.tied:
        return ""
    seats = ngettext(
        "Il reste %(n)s place, et plusieurs personnes ont autant de voix.",
        "Il reste %(n)s places, et plusieurs personnes ont autant de voix.",
        election.seats_for_tied,
    ) % {"n": election.seats_for_tied}
    if not election.how:
        return f"{seats} {_('Vos statuts ne disent pas encore ici comment choisir.')}"
    how = _("Vos statuts disent : %(how)s.") % {"how": ElectionTie(election.how).label.lower()}
    return f"{seats} {how}"
