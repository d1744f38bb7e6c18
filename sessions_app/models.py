"""When people meet: places, hours, series, sessions, and who is expected at each."""

import uuid
from zoneinfo import ZoneInfo

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User, validate_zone
from clients.models import Case, Channel, Client
from sessions_app.querysets import (
    ParticipantQuerySet,
    TherapySessionQuerySet,
    VacancyQuerySet,
    WaitlistQuerySet,
)


@pghistory.track()
class Location(models.Model):
    """A place where the practice sees people."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60, unique=True)
    address = models.CharField(max_length=200, blank=True)
    timezone = models.CharField(max_length=60, validators=[validate_zone])
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Room(models.Model):
    """A room of a place; one session at a time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("location__name", "name")
        constraints = (models.UniqueConstraint(fields=["location", "name"], name="room_once_per_location"),)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Closure(models.Model):
    """A day on which a place is shut; series skip it."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="closures")
    on = models.DateField()
    reason = models.CharField(max_length=80, blank=True, help_text="For staff.")

    class Meta:
        ordering = ("on",)
        constraints = (models.UniqueConstraint(fields=["location", "on"], name="closure_once_a_day"),)

    def __str__(self) -> str:
        return f"closed {self.on}"


@pghistory.track()
class Service(models.Model):
    """What is offered: its usual length and kind. Its name never leaves the practice."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Case.Kind, default=Case.Kind.INDIVIDUAL)
    minutes = models.PositiveSmallIntegerField(default=50)
    video_offered = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=Q(minutes__range=(5, 720)), name="service_minutes_possible"),
        )

    def __str__(self) -> str:
        return self.name


class Availability(models.Model):
    """Hours in which a clinician sees people, weekly, in wall time of `timezone`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clinician = models.ForeignKey(User, on_delete=models.CASCADE, related_name="availabilities")
    location = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.CASCADE, related_name="availabilities"
    )
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    starts = models.TimeField()
    ends = models.TimeField()
    timezone = models.CharField(max_length=60, validators=[validate_zone])

    class Meta:
        ordering = ("clinician_id", "weekday", "starts")
        verbose_name_plural = "availabilities"
        constraints = (
            models.CheckConstraint(condition=Q(weekday__lte=6), name="availability_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="availability_in_order"),
        )

    def __str__(self) -> str:
        return f"availability {self.public_id}"


@pghistory.track()
class TimeOff(models.Model):
    """When a clinician is not there."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clinician = models.ForeignKey(User, on_delete=models.CASCADE, related_name="time_off")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=80, blank=True, help_text="For staff.")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="time_off_in_order"),
        )

    def __str__(self) -> str:
        return f"time off {self.public_id}"


class Modality(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("By video")
    PHONE = "phone", _("By telephone")


@pghistory.track()
class Series(models.Model):
    """A repeating time: an iCalendar rule in local wall time; each occurrence is its own session."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="series")
    rule = models.CharField(max_length=200, help_text="RFC 5545 RRULE without DTSTART.")
    starts_on = models.DateField(help_text="Local day of the first one.")
    at = models.TimeField(help_text="Local wall time, the same across a clock change.")
    timezone = models.CharField(max_length=60, validators=[validate_zone])
    ended_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return f"series {self.public_id}"


class CancelledBy(models.TextChoices):
    """Who called it off."""

    CLIENT = "client", _("The client")
    PRACTICE = "practice", _("The practice")


@pghistory.track()
class TherapySession(models.Model):
    """One meeting of a case.

    Its wall time and zone are the fact; `starts_at` and `ends_at` are derived from them by the
    booking verbs (and recomputed when the zone database changes). `version` rises only when
    time, place, mode or clinician change: an answer or a message for an older one is void.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(max_length=64, null=True, blank=True, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sessions")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="sessions")
    location = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    modality = models.CharField(max_length=10, choices=Modality, default=Modality.IN_PERSON)
    video_link = models.URLField(blank=True)
    on = models.DateField(help_text="Local calendar day.")
    at = models.TimeField(null=True, blank=True, help_text="Local wall time; empty in old history.")
    timezone = models.CharField(max_length=60, validators=[validate_zone])
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    late_cancellation_hours = models.PositiveSmallIntegerField(
        help_text="The policy in force when it was booked."
    )
    changed_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was last moved, changed or called off."
    )
    tell_clients = models.BooleanField(
        default=True, help_text="Whether the participants are to hear of the last change."
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=8, choices=CancelledBy, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since when every participant is recorded or cancelled; attendance keeps it.",
    )
    is_history = models.BooleanField(default=False, help_text="Imported: occupies nothing.")
    makes_up_for = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="made_up_by",
        db_index=False,
        help_text="The missed session in whose place it was booked: its people hear of it.",
    )
    booked_at = models.DateTimeField(db_default=Now())
    booked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    clinicians = models.ManyToManyField(User, through="SessionClinician", related_name="therapy_sessions")
    clients = models.ManyToManyField(Client, through="Participant", related_name="therapy_sessions")

    objects = TherapySessionQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by="")
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_by=""),
                name="session_cancelled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(at__isnull=False) | Q(is_history=True), name="only_history_lacks_a_time"
            ),
        )
        indexes = (
            models.Index(fields=["starts_at"], name="session_by_start"),
            models.Index(fields=["case", "-starts_at"], name="session_by_case"),
            # The not-yet-recorded list never scans: only what is open is in this index.
            models.Index(
                fields=["ends_at"],
                condition=Q(settled_at=None, cancelled_at=None),
                name="session_unsettled_by_end",
            ),
        )

    def __str__(self) -> str:
        return f"session {self.public_id}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


@pghistory.track()
class SessionClinician(models.Model):
    """Who leads a session; co-therapy is two rows."""

    session = models.ForeignKey(TherapySession, on_delete=models.CASCADE, related_name="session_clinicians")
    clinician = models.ForeignKey(User, on_delete=models.PROTECT, related_name="session_clinicians")
    # Copied from the session by the booking verbs, so that a clinician's day is one index range.
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["session", "clinician"], name="clinician_once_per_session"),
        )
        indexes = (models.Index(fields=["clinician", "starts_at"], name="session_by_clinician"),)

    def __str__(self) -> str:
        return f"clinician of session {self.session_id}"


class Response(models.TextChoices):
    """What a participant answered."""

    NONE = "none", _("No answer yet")
    CONFIRMED = "confirmed", _("Confirmed")
    ASKS_TO_MOVE = "asks_to_move", _("Asks to move")


class AnsweredBy(models.TextChoices):
    """Which way an answer came."""

    STAFF = "staff", _("Told staff")
    SMS = Channel.SMS
    EMAIL = Channel.EMAIL
    VOICE = Channel.VOICE
    LINK = "link", _("Their page")


@pghistory.track()
class Participant(models.Model):
    """One client expected at one session. Cancelling is a fact of the participant only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(TherapySession, on_delete=models.CASCADE, related_name="participants")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="participations")
    # Copied from the session by the booking verbs, so that a client's timeline is one index range.
    starts_at = models.DateTimeField()
    response = models.CharField(max_length=12, choices=Response, default=Response.NONE)
    responded_at = models.DateTimeField(null=True, blank=True)
    responded_by = models.CharField(max_length=5, choices=AnsweredBy, blank=True)
    responded_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The session's version that they answered."
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=8, choices=CancelledBy, blank=True)
    cancelled_late = models.BooleanField(default=False)
    cancel_reason = models.CharField(max_length=200, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when there is an outcome; attendance keeps it."
    )
    is_walk_in = models.BooleanField(default=False)
    untold_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The session's version of which staff chose not to tell them."
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["session", "client"], name="client_once_per_session"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by="", cancelled_late=False)
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_by=""),
                name="participant_cancelled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(arrived_at=None),
                name="participant_cancelled_or_arrived",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(recorded_at=None),
                name="participant_cancelled_or_recorded",
            ),
            models.CheckConstraint(
                condition=Q(response="none") | Q(responded_version__isnull=False),
                name="answer_names_its_version",
            ),
        )
        indexes = (
            models.Index(fields=["client", "-starts_at"], name="participant_by_client"),
            models.Index(
                fields=["cancelled_at"], condition=Q(cancelled_late=True), name="participant_cancelled_late"
            ),
        )

    def __str__(self) -> str:
        return f"participant {self.public_id}"

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def current_response(self) -> str:
        """The answer, if it was to the session as it stands now."""
        if self.responded_version == self.session.version:
            return self.response
        return Response.NONE


class Occupancy(models.Model):
    """A stretch of a clinician's or a room's time that is taken; the law against overlaps."""

    resource = models.CharField(max_length=30, help_text="clinician:<id> or room:<id>")
    during = DateTimeRangeField()
    session = models.ForeignKey(
        TherapySession, null=True, blank=True, on_delete=models.CASCADE, related_name="occupancies"
    )
    time_off = models.ForeignKey(
        TimeOff, null=True, blank=True, on_delete=models.CASCADE, related_name="occupancies"
    )
    vacancy = models.ForeignKey(
        "Vacancy", null=True, blank=True, on_delete=models.CASCADE, related_name="occupancies"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="nobody_is_in_two_places",
                expressions=[
                    ("resource", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(released_at=None),
            ),
            models.CheckConstraint(
                condition=Q(resource__regex=r"^(clinician|room):[0-9]+$"),
                name="occupancy_resource_is_known",
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=False, time_off=None, vacancy=None)
                | Q(session=None, time_off__isnull=False, vacancy=None)
                | Q(session=None, time_off=None, vacancy__isnull=False),
                name="occupancy_of_a_session_time_off_or_hold",
            ),
        )

    def __str__(self) -> str:
        return f"{self.resource} occupied"


class EndOfWaiting(models.TextChoices):
    """Why somebody no longer waits."""

    TAKEN = "taken", _("Took a time")
    REMOVED = "removed", _("Taken off by staff")
    OVER = "over", _("Their last day has passed")


@pghistory.track()
class WaitlistEntry(models.Model):
    """Somebody who would take an earlier or another time; the longest waiting is asked first."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="waitlist_entries")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="waitlist_entries")
    session = models.ForeignKey(
        TherapySession,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="waitlist_entries",
        help_text="The one that they would move; without it they get one more.",
    )
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    clinicians = models.ManyToManyField(
        User, blank=True, related_name="+", help_text="With whom; without any, who leads the case."
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="Monday is 0; none is any."
    )
    from_time = models.TimeField(null=True, blank=True, help_text="Not before, on the clock of the place.")
    until_time = models.TimeField(null=True, blank=True, help_text="Over by then.")
    until_on = models.DateField(null=True, blank=True, help_text="The last day that would help.")
    wishes = models.CharField(max_length=200, blank=True, help_text="For staff.")
    since_at = models.DateTimeField(db_default=Now())
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=8, choices=EndOfWaiting, blank=True)

    objects = WaitlistQuerySet.as_manager()

    class Meta:
        ordering = ("since_at", "pk")
        verbose_name_plural = "waitlist entries"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "client"], condition=Q(ended_at=None), name="waits_once_in_a_case"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="waiting_ended_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"waitlist entry {self.public_id}"


class EndOfVacancy(models.TextChoices):
    """What became of a freed time."""

    TAKEN = "taken", _("Somebody took it")
    NOBODY = "nobody", _("Nobody took it")
    RELEASED = "released", _("Given back by staff")
    GONE = "gone", _("It was no longer free")


@pghistory.track()
class Vacancy(models.Model):
    """A time that a session left, called off or moved; held (`Occupancy`) while the waitlist is asked.

    Everything about the time is its own copy: the session goes on, and may be somewhere else by now.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        TherapySession, on_delete=models.CASCADE, related_name="vacancies", help_text="Whose time it was."
    )
    version = models.PositiveIntegerField(help_text="The session's version whose time it was.")
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    modality = models.CharField(max_length=10, choices=Modality)
    clinicians = models.ManyToManyField(User, related_name="+")
    on = models.DateField(help_text="Local calendar day.")
    at = models.TimeField(help_text="Local wall time.")
    timezone = models.CharField(max_length=60, validators=[validate_zone])
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    freed_at = models.DateTimeField(help_text="When the session left it.")
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is offered; empty while it suits nobody."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    end = models.CharField(max_length=8, choices=EndOfVacancy, blank=True)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-pk")
        verbose_name_plural = "vacancies"
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at=None, end="") | Q(closed_at__isnull=False) & ~Q(end=""),
                name="vacancy_closed_for_a_reason",
            ),
            models.UniqueConstraint(fields=["session", "version"], name="a_time_is_freed_once"),
        )
        indexes = (
            models.Index(fields=["opened_at"], condition=Q(closed_at=None), name="vacancy_open"),
            models.Index(
                fields=["freed_at"], condition=Q(opened_at=None, closed_at=None), name="vacancy_freed"
            ),
        )

    def __str__(self) -> str:
        return f"vacancy {self.public_id}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class OfferState(models.TextChoices):
    """Where one offer stands."""

    OPEN = "open", _("Asked")
    TAKEN = "taken", _("Took it")
    DECLINED = "declined", _("Not this one")
    EXPIRED = "expired", _("No answer in time")
    GONE = "gone", _("Somebody else was first")
    WITHDRAWN = "withdrawn", _("Taken back")
    UNREACHED = "unreached", _("Could not be reached")


@pghistory.track()
class Offer(models.Model):
    """One freed time, offered to one person until an instant; the first answer wins."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="offers")
    entry = models.ForeignKey(WaitlistEntry, on_delete=models.CASCADE, related_name="offers")
    recipient = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="+", help_text="Who is asked: they, or a guardian."
    )
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("offered_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["vacancy", "entry"], name="offered_once_to_each"),
            models.UniqueConstraint(
                fields=["vacancy"], condition=Q(state="taken"), name="one_takes_a_freed_time"
            ),
            models.UniqueConstraint(fields=["entry"], condition=Q(state="open"), name="asked_once_at_a_time"),
        )
        indexes = (models.Index(fields=["expires_at"], condition=Q(state="open"), name="offer_open"),)

    def __str__(self) -> str:
        return f"offer {self.public_id}"
