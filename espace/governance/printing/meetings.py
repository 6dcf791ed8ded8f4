"""A meeting on paper: the letter that calls people, the poster, the minutes in large type."""

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from espace.governance.printing import TEMPLATES
from espace.governance.queries.decisions import DecisionLine
from espace.governance.queries.meetings import Hand, MeetingPage
from espace.governance.queries.presences import SigningSheet
from espace.governance.wording.meetings import say_outcome, say_quorum
from espace.ui.typesetting import typeset

BLANK_LINES, BLANK_PAGE = 6, 40


def letter_pdf(place: str, meeting: MeetingPage, proxies_each: int | None) -> bytes:
    """Return the convening letter: one A4 page, with a proxy to cut when statutes allow them."""
    return typeset(TEMPLATES / "letter.typ", letter_data(place, meeting, proxies_each))


def letter_data(place: str, meeting: MeetingPage, proxies_each: int | None) -> dict[str, object]:
    """Return what the letter prints, every word of it ready."""
    with_proxy = meeting.rules.has_quorum and proxies_each != 0
    return {
        "place": place,
        "title": meeting.line.title,
        "hello": _("Bonjour,"),
        "invited": _("Vous êtes invité à cette réunion :"),
        "when": _when(meeting),
        "where": _where(meeting),
        "again": _("C'est la deuxième convocation : trop peu de personnes étaient là.")
        if meeting.is_second
        else "",
        "agenda_title": _("De quoi allons-nous parler ?"),
        "points": [point.subject for point in meeting.points],
        "no_point": _("L'ordre du jour est encore à écrire."),
        "add": _("Vous voulez parler d'autre chose ? Dites-le au GEM avant la réunion."),
        "come": _("Vous pouvez venir avec vos questions. Elles sont bienvenues."),
        "told": _("Lettre du %(day)s.") % {"day": date_format(meeting.told_on, "j F Y")},
        "proxy_title": _("Je ne peux pas venir : mon pouvoir") if with_proxy else "",
        "proxy_lines": [
            _("Moi (prénom et première lettre du nom) :"),
            _("Cette personne vote pour moi :"),
            _("Date et signature :"),
        ],
    }


def meeting_poster_pdf(place: str, meeting: MeetingPage) -> bytes:
    """Return the poster to hang on the door, in very large type."""
    return typeset(
        TEMPLATES / "meeting_poster.typ",
        {
            "place": place,
            "title": meeting.line.title,
            "when": _when(meeting),
            "where": _where(meeting),
            "agenda_title": _("Nous parlerons de"),
            "points": [point.subject for point in meeting.points],
            "add": _("Ajoutez un point : sur la tablette, ou ici au crayon."),
            "blank": 3,
        },
    )


def signing_sheet_pdf(place: str, sheet: SigningSheet) -> bytes:
    """Return the attendance list to sign: one line for each person, and lines to fill in."""
    return typeset(TEMPLATES / "signing_sheet.typ", signing_sheet_data(place, sheet))


def signing_sheet_data(place: str, sheet: SigningSheet) -> dict[str, object]:
    """Return what the list prints, every word of it ready."""
    only = _("Cette liste porte les adhésions notées cette année et l'année d'avant.")
    return {
        "place": place,
        "title": sheet.meeting.line.title,
        "what": _("Liste à signer"),
        "when": _when(sheet.meeting),
        "told": [
            *([only] if sheet.up_to_date_only else []),
            _("Votre nom manque ? Écrivez-le en bas."),
        ],
        "head": [_("Prénom"), _("Je suis là : je signe"), _("Je donne mon pouvoir à")],
        "names": list(sheet.names),
        "blank": BLANK_LINES if sheet.names else BLANK_PAGE,
        "count": _("Présents :            Représentés :            Autres personnes :"),
        "signed": _("Signature de la présidence et du secrétariat :"),
    }


def minutes_pdf(place: str, meeting: MeetingPage) -> bytes:
    """Return the minutes on A4 in large type, the plain version first."""
    return typeset(TEMPLATES / "minutes.typ", minutes_data(place, meeting))


def minutes_data(place: str, meeting: MeetingPage) -> dict[str, object]:
    """Return what the minutes print, every word of it ready."""
    draft = "" if meeting.line.shared_on else _("Brouillon : pas encore partagé.")
    return {
        "place": place,
        "title": meeting.line.title,
        "when": _when(meeting),
        "draft": draft,
        "who": _who(meeting),
        "plain_title": _("En clair"),
        "plain": meeting.plain_minutes,
        "points": [
            {"title": f"{point.number}. {point.subject}", "text": point.minutes}
            for point in meeting.points
        ],
        "nothing": _("Rien n'a été noté."),
        "hands_title": _("Votes à main levée"),
        "hands": [_hand(one) for one in meeting.hands],
        "decisions_title": _("Ce que nous avons décidé"),
        "decisions": [_decision(one) for one in meeting.decisions],
    }


def _when(meeting: MeetingPage) -> str:
    hour = meeting.line.starts_at
    said = f"{hour.hour} h {hour.minute:02d}" if hour.minute else f"{hour.hour} h"
    day = capfirst(date_format(meeting.line.date, "l j F Y"))
    return _("%(day)s à %(hour)s") % {"day": day, "hour": said}


def _where(meeting: MeetingPage) -> str:
    return meeting.line.place or _("Au local du GEM")


def _who(meeting: MeetingPage) -> list[str]:
    said = []
    if meeting.members_present is not None:
        said.append(_("Adhérents présents : %(n)s.") % {"n": meeting.members_present})
        if meeting.members_represented:
            said.append(_("Représentés : %(n)s.") % {"n": meeting.members_represented})
    if meeting.guests:
        said.append(_("Autres personnes : %(n)s.") % {"n": meeting.guests})
    if meeting.rules.has_quorum and meeting.members_present is not None:
        said.append(say_quorum(meeting.quorum))
    return said


def _hand(one: Hand) -> str:
    counts = _("oui %(yes)s, non %(no)s, ni oui ni non %(abstain)s.") % {
        "yes": one.yes,
        "no": one.no,
        "abstain": one.abstain,
    }
    return f"{one.question} {counts} {say_outcome(one.outcome)}"


def _decision(one: DecisionLine) -> str:
    said = [one.text if one.text.endswith((".", "!", "?")) else f"{one.text}."]
    if one.carriers:
        said.append(_("S'en occupe : %(who)s.") % {"who": _(" et ").join(one.carriers).rstrip(".")})
    if one.due_on:
        said.append(_("Avant le %(day)s.") % {"day": date_format(one.due_on, "j F Y")})
    return " ".join(said)
