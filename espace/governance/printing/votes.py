"""A secret vote on paper: ballots to cut, codes to hand out, every ballot to count again."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.core.slips import shown_code
from espace.governance.choices.votes import VoteKind
from espace.governance.printing import TEMPLATES
from espace.governance.queries.votes import VotePage
from espace.ui.typesetting import typeset

BALLOTS_A_PAGE = 4


def blank_ballots_pdf(place: str, vote: VotePage) -> bytes:
    """Return blank ballots to cut, four to a page, as many as people who may vote."""
    pages = max(1, -(-max(vote.voters, 1) // BALLOTS_A_PAGE))
    data = {
        "place": place,
        "question": vote.line.question,
        "how": how_to_mark(vote),
        "options": [one.label for one in vote.options],
        "blank": _("Ne cochez rien pour un vote blanc. N'écrivez pas votre nom."),
        "copies": pages * BALLOTS_A_PAGE,
    }
    return typeset(TEMPLATES / "ballots.typ", data)


def codes_pdf(place: str, vote: VotePage, codes: list[tuple[str, str]], page: str) -> bytes:
    """Return one slip for each person: their label outside, the code and the page to vote."""
    data = {
        "place": place,
        "question": vote.line.question,
        "for": _("Pour"),
        "told": [
            _("Ce code sert une fois. Ne le montrez à personne."),
            _("Votez sur un téléphone, sur la tablette du GEM, ou sur papier."),
        ],
        "page_title": _("La page pour voter :"),
        "page": page,
        "code_title": _("Votre code :"),
        "slips": [{"name": label, "code": shown_code(code)} for label, code in codes],
    }
    return typeset(TEMPLATES / "voting_codes.typ", data)


def count_pdf(place: str, vote: VotePage, box: list[list[str]]) -> bytes:
    """Return every ballot of a closed vote, for two people to count again by hand."""
    closed = date_format(vote.line.closed_on, "j F Y") if vote.line.closed_on else ""
    data = {
        "place": place,
        "title": _("Les bulletins, à compter à deux"),
        "question": vote.line.question,
        "told": [
            _("Vote terminé le %(day)s.") % {"day": closed},
            _("Bulletins : %(n)s. Personnes qui pouvaient voter : %(all)s.")
            % {"n": vote.voted, "all": vote.voters},
            _("L'ordre des bulletins est tiré au sort. Il ne dit rien de qui a voté."),
        ],
        "ballots": [" · ".join(marks) or _("Blanc") for marks in box],
        "totals_title": _("Notre compte"),
        "totals": [*(one.label for one in vote.options), _("Blancs")],
        "signed": _("Signature des deux personnes qui ont compté :"),
    }
    return typeset(TEMPLATES / "count.typ", data)


def how_to_mark(vote: VotePage) -> str:
    """Return how many boxes to tick."""
    if vote.kind == VoteKind.OUI_NON or vote.seats == 1:
        return _("Cochez une seule case.")
    return _("Cochez %(n)s cases au plus.") % {"n": vote.seats}
