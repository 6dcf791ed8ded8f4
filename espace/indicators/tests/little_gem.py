"""The month of March 2024 of one small GEM, written by hand: every expected figure of the tests is
counted on this page with a pencil, never taken from a formula.

March 2024: the 1st is a Friday; Mondays are the 4th, 11th, 18th and 25th.
"""

from datetime import date

from espace.accounts.choices import Role
from espace.activities.choices import (
    ActivityState,
    Animation,
    Category,
    Family,
    IdeaFrom,
    InputWay,
    LedBy,
    Outcome,
    Place,
)
from espace.activities.models import Activity, Attendance, FinishedMonth, Slot
from espace.groups.choices import (
    Accessibility,
    AgeBand,
    AssociationState,
    Function,
    Gender,
    ManagementMode,
    PremisesKind,
)
from espace.groups.models import Gem, Membership, Organisation, Person
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person

TODAY = date(2024, 4, 10)


def march(day: int) -> date:
    return date(2024, 3, day)


def make_little_gem() -> Gem:
    """Return the GEM; its three first months of 2024 are finished."""
    gem = make_gem(
        opened_on=date(2020, 9, 1),
        premises_kind=PremisesKind.PRET_GRATUIT,
        premises_accessible=Accessibility.OUI,
        association_state=AssociationState.DECLAREE,
        management_mode=ManagementMode.DIRECTE,
        sponsor=Organisation.objects.get_or_create(name="Les Amis du Phare", kind="autre")[0],
    )
    slots = _slots(gem)
    people = _people(gem)
    _presences(gem, slots, people)
    _activities(gem, people)
    _memberships(gem, people)
    _mandates(gem)
    for month, finished_on, way, corrected in (
        (date(2024, 1, 1), date(2024, 2, 5), InputWay.PAPIER_PHOTO, 2),
        (date(2024, 2, 1), date(2024, 3, 11), InputWay.ORDINATEUR, 0),
        (date(2024, 3, 1), date(2024, 4, 4), InputWay.TABLETTE, 1),
    ):
        FinishedMonth.objects.create(
            gem=gem, month=month, finished_on=finished_on, input_way=way, corrected_after=corrected
        )
    return gem


def _slots(gem: Gem) -> dict[int, Slot]:
    """Nine planned; seven held: 4 + 4 + 3 + 4 + 2 + 4 + 4 = 25 hours in four weeks."""
    planned = (
        (4, "10:00", 4, Animation.AVEC_SALARIE, ""),
        (6, "10:00", 4, Animation.AUTOGEREE, ""),
        (9, "14:00", 3, Animation.AUTOGEREE, Outcome.OUVERT),  # Saturday
        (11, "10:00", 4, Animation.AVEC_SALARIE, ""),
        (13, "18:30", 2, Animation.AUTOGEREE, ""),  # evening
        (18, "10:00", 4, Animation.AVEC_SALARIE, Outcome.FERME_SALARIE_ABSENT),
        (20, "10:00", 4, Animation.AVEC_SALARIE, ""),
        (25, "10:00", 4, Animation.AVEC_SALARIE, Outcome.FERME_CONGE),
        (27, "10:00", 4, Animation.AVEC_SALARIE, ""),
    )
    return {
        day: Slot.objects.create(
            gem=gem,
            date=march(day),
            starts_at=start,
            hours=hours,
            animation=animation,
            outcome=outcome,
        )
        for day, start, hours, animation, outcome in planned
    }


def _people(gem: Gem) -> dict[str, Person]:
    known = (
        ("Ana", date(2023, 1, 5), AgeBand.DE_25_34, Gender.FEMME),
        ("Ben", None, AgeBand.PLUS_65, Gender.HOMME),  # « déjà là »
        ("Cléo", march(6), AgeBand.MOINS_25, Gender.FEMME),
        ("Dina", march(9), AgeBand.DE_35_49, Gender.FEMME),
        ("Eli", date(2024, 2, 20), AgeBand.NON_DIT, Gender.NON_DIT),
        ("Fay", march(13), AgeBand.DE_50_64, Gender.NON_DIT),
        ("Gus", date(2024, 2, 25), AgeBand.NON_DIT, Gender.NON_DIT),
        ("Hal", None, AgeBand.NON_DIT, Gender.NON_DIT),
        ("Iris", None, AgeBand.NON_DIT, Gender.NON_DIT),
    )
    return {
        name: make_person(gem, name, "", first_seen_on=first, age_band=age, gender=gender)
        for name, first, age, gender in known
    }


def _presences(gem: Gem, slots: dict[int, Slot], people: dict[str, Person]) -> None:
    """March: 19 passages with a first name, 2 + 3 + 1 heads without. The 17th is an outing."""
    came = {
        "Ana": (4, 6, 11, 17, 20, 27),
        "Ben": (4, 6, 9, 11, 13, 17, 20, 27),
        "Cléo": (6, 13),
        "Dina": (9,),
        "Eli": (20,),
        "Fay": (13,),
    }
    for name, days in came.items():
        category = Category.DECOUVERTE if name == "Fay" else Category.ADHERENT
        for day in days:
            Attendance.objects.create(
                gem=gem,
                date=march(day),
                person=people[name],
                slot=slots.get(day),
                category=category,
            )
    for name, day in (("Eli", date(2024, 2, 20)), ("Gus", date(2024, 2, 25))):
        Attendance.objects.create(gem=gem, date=day, person=people[name])
    for day, category, heads in (
        (6, Category.ADHERENT, 2),
        (9, Category.INVITE, 3),
        (9, Category.PROCHE, 1),
    ):
        Attendance.objects.create(
            gem=gem, date=march(day), slot=slots[day], category=category, head_count=heads
        )


def _activities(gem: Gem, people: dict[str, Person]) -> None:
    """Five done, one cancelled; participants are noted for four of them: 2 + 1 + 2 + 1."""
    planned = (
        (4, "Dessin", 2, Family.CREATION, Place.LOCAL, IdeaFrom.ADHERENTS, LedBy.ADHERENT, 0,
         ("Ana", "Ben")),
        (4, "Belote", 1, Family.JEUX_CONVIVIALITE, Place.LOCAL, IdeaFrom.SALARIES, LedBy.SALARIE,
         0, ("Ana",)),
        (17, "Musée", 5, Family.CULTURE_SORTIE, Place.VILLE, IdeaFrom.ENSEMBLE,
         LedBy.ADHERENT_ET_SALARIE, 300, ("Ana", "Ben")),
        (20, "Ordinateur", 1.5, Family.NUMERIQUE, Place.LOCAL, "", "", 0, ()),
        (13, "Parole", 1, Family.PAROLE_ENTRAIDE, Place.LOCAL, IdeaFrom.ADHERENTS, LedBy.SALARIE,
         0, ("Fay",)),
        (27, "Land art", 2, Family.CREATION, Place.NATURE, IdeaFrom.PARTENAIRE, LedBy.PARTENAIRE,
         0, ()),
    )  # fmt: skip
    for day, title, hours, family, place, idea, led_by, price, names in planned:
        activity = Activity.objects.create(
            gem=gem,
            date=march(day),
            title=title,
            starts_at="10:30",
            hours=hours,
            family=family,
            place=place,
            idea_from=idea,
            led_by=led_by,
            price_cents=price,
            open_to_public=title == "Musée",
            state=ActivityState.ANNULEE if title == "Land art" else ActivityState.PREVUE,
        )
        for name in names:
            Attendance.objects.create(
                gem=gem,
                date=march(day),
                person=people[name],
                activity=activity,
                category=Category.DECOUVERTE if name == "Fay" else Category.ADHERENT,
            )


def _memberships(gem: Gem, people: dict[str, Person]) -> None:
    """On 31 March 2024: Ana, Ben, Cléo, Eli, Hal. Dina joins in May. Iris did not come back."""
    for name, year, started_on, cents, first in (
        ("Ana", 2021, date(2021, 6, 1), 1000, True),
        ("Ana", 2023, date(2023, 1, 5), 1000, False),
        ("Ana", 2024, date(2024, 1, 10), 1000, False),
        ("Ben", 2023, date(2023, 2, 1), 1000, True),
        ("Ben", 2024, date(2024, 1, 15), 1200, False),
        ("Cléo", 2024, date(2024, 3, 20), 1000, True),
        ("Dina", 2024, date(2024, 5, 2), 800, True),
        ("Eli", 2024, date(2024, 3, 1), None, True),
        ("Hal", 2023, date(2023, 3, 1), 1000, True),
        ("Hal", 2024, date(2024, 1, 5), 2000, False),
        ("Iris", 2023, date(2023, 1, 1), 1000, True),
    ):
        Membership.objects.create(
            person=people[name], year=year, started_on=started_on, fee_cents=cents, is_first=first
        )


def _mandates(gem: Gem) -> None:
    """A president who is a member, a treasurer who is not; no secretary; one who left."""
    for name, function, is_member, is_first, ended_on in (
        ("Lou", Function.PRESIDENCE, True, True, None),
        ("Max", Function.TRESORERIE, False, False, None),
        ("Noé", Function.SECRETARIAT, True, False, date(2024, 1, 31)),
    ):
        make_mandate(
            gem,
            make_account(name),
            Role.ELECTED,
            function=function,
            is_member=is_member,
            is_first=is_first,
            started_on=date(2023, 5, 1),
            ended_on=ended_on,
        )
