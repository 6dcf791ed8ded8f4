"""The month cards of the little GEM in 2024, and its figures counted with a pencil.

January is written, February was left empty, March is written a little: of the three finished
months, two have an answer.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from espace.activities.models import (
    ArrivalTally,
    FinishedMonth,
    HelpTally,
    ReferralTally,
    TensionTally,
    VolunteerMonth,
)
from espace.groups.models import Gem

JANUARY, MARCH = date(2024, 1, 1), date(2024, 3, 1)
QUARTER = "2024-T1"

EXPECTED = {
    # By members: 4 + 2 in January, 5 + 1 in March; what staff and volunteers did is not in it.
    ("ENT-01", QUARTER): 12,
    # Five members on 31 March.
    ("ENT-02", QUARTER): Fraction(12, 5),
    # Listening, visits, calls; nobody was driven: zero is written.
    ("ENT-03", QUARTER): 3,
    # Visits 2, calls 3 (by volunteers) and 1.
    ("ENT-04", QUARTER): 6,
    ("ENT-07", QUARTER): Fraction(29, 2),
    # Two of the three whose outcome is known; March's is not.
    ("ENT-09", QUARTER): Fraction(200, 3),
    ("ORI-01", QUARTER): 3,
    # A friend, care; « autre » and « pas dit » are not ways.
    ("ORI-02", QUARTER): 2,
    # Two of the four who said it.
    ("ORI-03", QUARTER): 50,
    ("ORI-04", QUARTER): 25,
    ("ORI-05", QUARTER): 6,
    # 2 + 1 of the 3 + 1 whose outcome is known.
    ("ORI-06", QUARTER): 75,
    ("ORI-07", QUARTER): 3,
    ("ORI-08", QUARTER): 2,
    ("ORI-09", QUARTER): 1,
    # 50 and 70 minutes; February was not said.
    ("QUA-02", QUARTER): 60,
    # Four of five said how they came.
    ("QUA-07", QUARTER): 80,
    # Two in January, four in March.
    ("RHU-07", QUARTER): 3,
    ("RHU-08", QUARTER): 6,
}


def write_cards(gem: Gem) -> None:
    """Write January and March, and the minutes of both."""
    for month, kind, who, count in (
        (JANUARY, "ecoute", "adherent", 4),
        (JANUARY, "visite", "adherent", 2),
        (JANUARY, "ecoute", "salarie", 9),
        (JANUARY, "appel_nouvelles", "benevole", 3),
        (MARCH, "ecoute", "adherent", 5),
        (MARCH, "appel_nouvelles", "adherent", 1),
        (MARCH, "transport", "adherent", 0),
    ):
        HelpTally.objects.create(gem=gem, month=month, kind=kind, from_kind=who, count=count)
    for month, direction, channel, count, contact in (
        (JANUARY, "vers_gem", "soins", 2, None),
        (MARCH, "vers_gem", "social_logement", 1, None),
        (JANUARY, "depuis_gem", "emploi_formation", 3, 2),
        (MARCH, "depuis_gem", "mdph_droits", 2, None),
        (MARCH, "depuis_gem", "culture_sport_loisirs", 1, 1),
    ):
        ReferralTally.objects.create(
            gem=gem,
            month=month,
            direction=direction,
            channel=channel,
            count=count,
            contact_made_count=contact,
        )
    for month, channel, count in (
        (JANUARY, "pair", 2),
        (JANUARY, "non_dit", 1),
        (MARCH, "soins", 1),
        (MARCH, "autre", 1),
    ):
        ArrivalTally.objects.create(gem=gem, month=month, channel=channel, count=count)
    for month, who, volunteers, hours in (
        (JANUARY, "adherent", 3, "10.5"),
        (JANUARY, "exterieur", 2, "6"),
        (MARCH, "adherent", 2, "4"),
        (MARCH, "exterieur", 4, None),
    ):
        VolunteerMonth.objects.create(
            gem=gem,
            month=month,
            from_kind=who,
            volunteers=volunteers,
            hours=hours and Decimal(hours),
        )
    TensionTally.objects.create(gem=gem, month=JANUARY, count=3, resolved_count=2)
    TensionTally.objects.create(gem=gem, month=MARCH, count=1)
    for month, minutes in ((JANUARY, 50), (MARCH, 70)):
        FinishedMonth.objects.filter(gem=gem, month=month).update(minutes_spent=minutes)
