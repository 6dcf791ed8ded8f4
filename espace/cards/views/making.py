"""« Les cartes d'accès »: who has one; making, replacing, withdrawing, printing them."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.cards import actions, queries
from espace.cards.actions import MOST_CARDS_AT_ONCE, AlreadyMadeError, Chosen, Made
from espace.cards.forms import ChooseForm
from espace.cards.printing import Printed, cards_pdf, printed
from espace.cards.rules.hashes import scanned_secret
from espace.cards.rules.words import WORDS_ON_A_CARD, read_words
from espace.groups.actions.roll import HomonymError

NOT_MADE = 422


@gem_required
@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """List who has a card; never when it served."""
    lines = queries.cards_of_gem(request.actor, request.actor.gem_id)
    context = {
        "cards": lines,
        "own_code": _own_code(request.actor, lines),
        "warned": [line for line in lines if line.used_elsewhere],
        "form": ChooseForm(auto_id=False),
    }
    return render(request, "cards/cards.html", context)


@gem_required
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Choose people, make their cards, show them once."""
    require(request.actor, "cards.make", request.actor.gem_id)
    text = request.GET.get("q", "").strip()
    form, problem = ChooseForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        newcomers = [Chosen(newcomer=label) for label in form.cleaned_data["newcomers"]]
        chosen = [*_chosen(request.POST), *newcomers]
        if not chosen:
            problem = _("Choisissez au moins une personne.")
        elif len(chosen) > MOST_CARDS_AT_ONCE:
            problem = _("Choisissez dix personnes au plus. Vous ferez les autres ensuite.")
        else:
            try:
                return _make(request, chosen, form.cleaned_data["key"])
            except HomonymError as taken:
                said = _(
                    "%(name)s est déjà dans le carnet. Cochez son nom, "
                    "ou ajoutez l'autre personne au carnet."
                )
                form.add_error("newcomers", said % {"name": taken.label.text()})
    page = queries.candidates(
        request.actor, request.actor.gem_id, text=text, page=request.GET.get("page", "1")
    )
    context = {
        "form": form if form.is_bound else ChooseForm(),
        "page": page,
        "text": text,
        "problem": problem,
        "ticked": request.POST.getlist("who"),
    }
    wrong = problem or form.is_bound
    return render(request, "cards/make.html", context, status=NOT_MADE if wrong else 200)


@gem_required
@require_POST
def replace(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Make a new card for the same person: the lost one opens nothing any more."""
    line = queries.card_line(request.actor, request.actor.gem_id, card_id)
    if line is None:
        raise Http404
    form = ChooseForm(request.POST)
    if not form.is_valid():
        return redirect("cards:cards")
    return _make(request, [Chosen(account_id=line.account_id)], form.cleaned_data["key"])


@gem_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Ask, then withdraw a card."""
    line = queries.card_line(request.actor, request.actor.gem_id, card_id)
    if line is None:
        raise Http404
    if request.method != "POST":
        return render(request, "cards/withdraw.html", {"card": line})
    actions.withdraw_card(actor=request.actor, gem_id=request.actor.gem_id, card_id=line.id)
    messages.success(request, _("La carte est retirée. Elle n'ouvre plus rien."))
    return redirect("cards:cards")


@gem_required
@require_POST
def it_was_them(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Put out a warning: the person said that the other device is theirs."""
    line = queries.card_line(request.actor, request.actor.gem_id, card_id)
    if line is None:
        raise Http404
    actions.say_it_was_them(actor=request.actor, gem_id=request.actor.gem_id, card_id=line.id)
    messages.success(request, _("C'est noté. La carte continue de marcher."))
    return redirect("cards:cards")


@gem_required
@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """Give the A4 sheet of cards just made: their secrets come from the page that shows them."""
    actor = request.actor
    require(actor, "cards.make", actor.gem_id)
    shown = [
        one
        for one in _sent(request.POST)
        if queries.may_be_printed(actor.gem_id, scanned_secret(one.secret))
    ]
    if not shown:
        messages.warning(request, _("Ces cartes ne marchent plus. Faites-en de nouvelles."))
        return redirect("cards:cards")
    pdf = HttpResponse(cards_pdf(_printed(shown)), content_type="application/pdf")
    pdf["Content-Disposition"] = 'inline; filename="cartes.pdf"'
    pdf["Cache-Control"] = "no-store"
    return pdf


def _own_code(actor: Actor, lines: Sequence[queries.CardLine]) -> str:
    """Return what names oneself in a sending, for someone elected who has no card; else ""."""
    elected = actor.has(Role.ELECTED, gem_id=actor.gem_id)
    has_one = any(line.account_id == actor.account_id for line in lines)
    return f"compte-{actor.account_id}" if elected and not has_one else ""


def _key_for(key: UUID, chosen: Sequence[Chosen]) -> UUID:
    """Return the page's key for these people: going back to choose another one is no repeat."""
    return uuid5(key, ",".join(sorted(repr(one) for one in chosen)))


def _make(request: HttpRequest, chosen: Sequence[Chosen], key: UUID) -> HttpResponse:
    actor = request.actor
    try:
        made = actions.make_cards(
            actor=actor, gem_id=actor.gem_id, chosen=chosen, key=_key_for(key, chosen)
        )
    except AlreadyMadeError:
        messages.info(
            request,
            _("Ces cartes sont déjà faites. Elles se montrent une seule fois. Refaites-les ici."),
        )
        return redirect("cards:cards")
    response = render(request, "cards/made.html", {"cards": _printed(made)})
    response["Cache-Control"] = "no-store"
    return response


def _chosen(sent: QueryDict) -> list[Chosen]:
    """Return whom the ticked boxes name; what is not one of our codes is left out."""
    found = []
    for code in sent.getlist("who"):
        kind, _dash, identifier = code.partition("-")
        try:
            one = UUID(identifier)
        except ValueError:
            continue
        if kind == "compte":
            found.append(Chosen(account_id=one))
        elif kind == "carnet":
            found.append(Chosen(person_id=one))
    return found


def _sent(sent: QueryDict) -> list[Made]:
    """Return the cards that the page of cards just made sends back to be drawn."""
    fields = zip(sent.getlist("name"), sent.getlist("words"), sent.getlist("secret"), strict=False)
    read = [(name[:60], read_words(words).words, secret) for name, words, secret in fields]
    return [
        Made(name, words, secret)
        for name, words, secret in read[:MOST_CARDS_AT_ONCE]
        if len(words) == WORDS_ON_A_CARD
    ]


def _printed(made: Sequence[Made]) -> list[Printed]:
    return [printed(one.name, one.words, one.secret) for one in made]
