"""The programme, the day sheet and the months that are finished."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from espace.activities.choices import (
    ActivityState,
    Animation,
    ArrivalChannel,
    CancelledWhy,
    Category,
    Direction,
    Family,
    HelpFrom,
    HelpKind,
    IdeaFrom,
    IdeaState,
    IdeaWay,
    InputWay,
    LedBy,
    Outcome,
    Place,
    ReferralChannel,
    SeriesKind,
    VolunteerFrom,
)
from espace.activities.rules.recurrence import LONGEST_RULE
from espace.binder.models import Partner
from espace.groups.models import Gem, Identified, Person


class Described(Identified):
    """What a series and an activity share: an occurrence inherits it and may change it."""

    title = models.CharField(_("titre"), max_length=80)
    starts_at = models.TimeField(_("heure de début"))
    hours = models.DecimalField(
        _("durée en heures"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(0.25), MaxValueValidator(24)],
    )
    family = models.CharField(_("famille"), max_length=20, choices=Family, default=Family.AUTRE)
    place = models.CharField(_("lieu"), max_length=10, choices=Place, default=Place.LOCAL)
    place_detail = models.CharField(_("où exactement"), max_length=80, blank=True)
    meeting_point = models.CharField(_("rendez-vous"), max_length=80, blank=True)
    back_at = models.TimeField(_("retour vers"), null=True, blank=True)
    idea_from = models.CharField(_("idée de"), max_length=12, choices=IdeaFrom, blank=True)
    led_by = models.CharField(_("animée par"), max_length=20, choices=LedBy, blank=True)
    open_to_public = models.BooleanField(_("ouverte aux habitants"), default=False)
    families_welcome = models.BooleanField(_("ouverte aux proches"), default=False)
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seats = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    sign_up = models.BooleanField(_("sur inscription"), default=False)
    price_cents = models.PositiveIntegerField(_("prix pour l'adhérent, en centimes"), default=0)

    class Meta:
        abstract = True


class Series(Described):
    """Something that comes back by a rule of RFC 5545 (espace.activities.rules.recurrence).

    The rule counts from ``first_on``, its first day; it has neither COUNT nor UNTIL: ``last_on``
    ends it. ``except_on`` lists the days taken away (« 2026-12-25 »).
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="series")
    kind = models.CharField(max_length=8, choices=SeriesKind)
    animation = models.CharField(max_length=12, choices=Animation, default=Animation.AVEC_SALARIE)
    rule = models.CharField(_("rythme"), max_length=LONGEST_RULE)
    first_on = models.DateField(_("à partir du"))
    last_on = models.DateField(_("jusqu'au"), null=True, blank=True)
    except_on = models.JSONField(_("sauf ces jours"), default=list, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)


class Slot(Identified):
    """A planned opening of one day, held or not (fact model « slot »)."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="slots")
    series = models.ForeignKey(Series, null=True, on_delete=models.SET_NULL, related_name="slots")
    date = models.DateField()
    starts_at = models.TimeField()
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    animation = models.CharField(max_length=12, choices=Animation, default=Animation.AVEC_SALARIE)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    held_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="held_slots"
    )
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    changed_by_hand = models.BooleanField(default=False)
    # An outing counts as opening hours (OB-20): its slot follows it, and no door is open.
    outing = models.OneToOneField(
        "Activity", null=True, blank=True, on_delete=models.CASCADE, related_name="slot"
    )
    # Telephones that follow the programme are told what changed since.
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "starts_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_slot_per_start", fields=["gem", "date", "starts_at"])
        ]


class Activity(Described):
    """One activity of one day (fact model « activity »): done once its day is over."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="activities")
    series = models.ForeignKey(
        Series, null=True, on_delete=models.SET_NULL, related_name="activities"
    )
    date = models.DateField(_("jour"))
    state = models.CharField(max_length=8, choices=ActivityState, default=ActivityState.PREVUE)
    cancelled_why = models.CharField(_("raison"), max_length=10, choices=CancelledWhy, blank=True)
    cancelled_reason = models.CharField(_("précision"), max_length=120, blank=True)
    changed_by_hand = models.BooleanField(default=False)
    # The day its series gave it, when it was moved: planning does not fill that day again.
    moved_from = models.DateField(null=True, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "starts_at", "title"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="activity_gem_day", fields=["gem", "date"])
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_occurrence_a_day",
                fields=["series", "date"],
                condition=Q(series__isnull=False),
            )
        ]


class Attendance(models.Model):
    """Who came: one row per person and day, then one per activity; or heads, without a name.

    A row with a person always counts 1. A row without a person is the day's head count of one
    category (sticks, visitors, relatives): one row, its number moves. A ``folded`` row is what
    stays of rows with a person, once the month's first names are gone: one per opening.
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="attendance")
    date = models.DateField()
    person = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="attendance"
    )
    activity = models.ForeignKey(
        Activity, null=True, on_delete=models.CASCADE, related_name="attendance"
    )
    slot = models.ForeignKey(Slot, null=True, on_delete=models.SET_NULL, related_name="attendance")
    category = models.CharField(max_length=10, choices=Category, default=Category.ADHERENT)
    head_count = models.PositiveIntegerField(default=1)
    batch_id = models.UUIDField(null=True, db_index=True)
    folded = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="attendance_gem_day", fields=["gem", "date"])
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_presence_a_day",
                fields=["person", "date"],
                condition=Q(person__isnull=False, activity__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_presence_an_activity",
                fields=["person", "activity"],
                condition=Q(person__isnull=False, activity__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_head_count_a_day",
                fields=["gem", "date", "category"],
                condition=Q(
                    person__isnull=True, activity__isnull=True, batch_id__isnull=True, folded=False
                ),
            ),
            models.UniqueConstraint(
                name="one_head_count_an_activity",
                fields=["activity", "category"],
                condition=Q(
                    person__isnull=True, activity__isnull=False, batch_id__isnull=True, folded=False
                ),
            ),
            models.UniqueConstraint(
                name="one_imported_head_count_a_day",
                fields=["gem", "date", "category", "batch_id"],
                condition=Q(person__isnull=True, batch_id__isnull=False),
            ),
            models.CheckConstraint(
                name="a_person_counts_one", condition=Q(person__isnull=True) | Q(head_count=1)
            ),
            models.CheckConstraint(
                name="a_folded_row_has_no_person",
                condition=Q(person__isnull=True) | Q(folded=False),
            ),
        ]


class Duty(Identified):
    """« Je tiens le GEM » : a member who holds the place may write that day's sheet."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="duties")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties"
    )
    date = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_duty_a_day", fields=["gem", "account", "date"])
        ]


class FinishedMonth(Identified):
    """The GEM says that a month is complete (« mois fini »); it may open it again.

    Not the national publication (« close_month »), which comes with the partners' figures.
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="finished_months")
    month = models.DateField(_("premier jour du mois"))
    finished_on = models.DateField(null=True)
    input_way = models.CharField(max_length=12, choices=InputWay, blank=True)
    corrected_after = models.PositiveIntegerField(default=0)
    minutes_spent = models.PositiveIntegerField(_("minutes de saisie"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_row_a_month", fields=["gem", "month"])
        ]


class Idea(Identified):
    """A sentence of the idea box. Nobody is known behind it unless they wrote their first name.

    Only the day is kept, never the hour: an hour beside the journal would tell who wrote it.
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="ideas")
    text = models.CharField(_("idée"), max_length=140)
    family = models.CharField(_("famille"), max_length=20, choices=Family, blank=True)
    will_lead = models.BooleanField(_("la personne veut bien la mener"), default=False)
    signature = models.CharField(_("prénom, si la personne veut"), max_length=40, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="signed_ideas",
    )
    way = models.CharField(max_length=10, choices=IdeaWay)
    received_on = models.DateField()
    likes = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=IdeaState, default=IdeaState.BOITE)
    answered_on = models.DateField(null=True, blank=True)
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas"
    )
    hidden_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-received_on", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="idea_gem_state", fields=["gem", "state"])
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="an_account_behind_an_idea_signed_it",
                condition=Q(account__isnull=True) | ~Q(signature=""),
            )
        ]


class IdeaLink(Identified):
    """The address of the GEM's own box: it only lets an idea in, so it is kept as it is."""

    gem = models.OneToOneField(Gem, on_delete=models.CASCADE, related_name="idea_link")
    token = models.CharField(max_length=40, unique=True)
    made_on = models.DateField()


class SignUp(Identified):
    """A place asked for in an activity: someone of the roll, an account, or « +1 » without a name.

    Who has a place and who waits is never stored: the first ``seats`` by ``rank`` have one, so a
    place left goes at once to whoever waits first. ``waited``: there was none when they asked.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sign_ups")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sign_ups"
    )
    rank = models.PositiveIntegerField()
    waited = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_sign_up_a_rank", fields=["activity", "rank"]),
            models.UniqueConstraint(
                name="one_sign_up_a_person",
                fields=["activity", "person"],
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_sign_up_an_account",
                fields=["activity", "account"],
                condition=Q(account__isnull=False),
            ),
            models.CheckConstraint(
                name="a_sign_up_is_a_line_or_an_account",
                condition=Q(person__isnull=True) | Q(account__isnull=True),
            ),
        ]


class CalendarLink(models.Model):
    """The GEM's address for telephones that follow its programme; who has it reads it.

    It holds nothing about people. A new token stops the old address.
    """

    gem = models.OneToOneField(
        Gem, primary_key=True, on_delete=models.CASCADE, related_name="calendar_link"
    )
    token = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()


class MonthNames(Identified):
    """What becomes of the first names of a month: kept until a file may no more be undone, gone.

    No row: the month's attendance is as it was written.
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="month_names")
    month = models.DateField()
    keep_until = models.DateField(null=True)
    folded_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_fold_a_month", fields=["gem", "month"])
        ]


class MonthCard(Identified):
    """The card of a month: what the GEM said that it does not know, and when it last wrote.

    The numbers are in the tallies below; a number that is not there was not given: it is not zero.
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="month_cards")
    month = models.DateField(_("premier jour du mois"))
    unknown = models.JSONField(_("parties où l'on ne sait pas"), default=list, blank=True)
    written_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_card_a_month", fields=["gem", "month"])
        ]


class TensionChoice(models.Model):
    """The members' meeting decided that the month card asks about tensions; no row: it does not."""

    gem = models.OneToOneField(
        Gem, primary_key=True, on_delete=models.CASCADE, related_name="tension_choice"
    )
    decided_on = models.DateField(_("jour de la réunion d'adhérents"))


class Tally(models.Model):
    """A count of one month of one GEM: nobody is behind it."""

    month = models.DateField(_("premier jour du mois"))

    class Meta:
        abstract = True


class HelpTally(Tally):
    """Acts of help, counted with sticks on the wall: never who helped whom."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="help_tallies")
    kind = models.CharField(max_length=16, choices=HelpKind)
    from_kind = models.CharField(max_length=10, choices=HelpFrom)
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_help_tally_a_month", fields=["gem", "month", "kind", "from_kind"]
            )
        ]


class ReferralTally(Tally):
    """People sent to the GEM, or helped on to another door; how many could talk to someone."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="referral_tallies")
    direction = models.CharField(max_length=10, choices=Direction)
    channel = models.CharField(max_length=24, choices=ReferralChannel)
    count = models.PositiveIntegerField()
    contact_made_count = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_referral_tally_a_month", fields=["gem", "month", "direction", "channel"]
            )
        ]


class ArrivalTally(Tally):
    """How the newcomers of the month heard of the GEM; never tied to one of them."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="arrival_tallies")
    channel = models.CharField(max_length=16, choices=ArrivalChannel)
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_arrival_tally_a_month", fields=["gem", "month", "channel"]
            )
        ]


class VolunteerMonth(Tally):
    """How many people gave time, and how many hours, roughly."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="volunteer_months")
    from_kind = models.CharField(max_length=10, choices=VolunteerFrom)
    volunteers = models.PositiveIntegerField(null=True)
    hours = models.DecimalField(max_digits=6, decimal_places=1, null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_volunteer_month", fields=["gem", "month", "from_kind"]
            )
        ]


class TensionTally(Tally):
    """Tensions talked over in a meeting: a number, never a name nor a story."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="tension_tallies")
    count = models.PositiveIntegerField()
    resolved_count = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_tension_tally_a_month", fields=["gem", "month"])
        ]
