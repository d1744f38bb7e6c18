"""Questions about follow-ups: whose, how urgent, what was tried."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce, Greatest, TruncDate

from accounts.models import Practice, User
from accounts.roles import May, Role
from clients.models import CaseClinician, ReportingDate
from clients.querysets import caseload_of
from sessions_app.models import TimeOff
from sessions_app.querysets import day_bounds

if TYPE_CHECKING:
    from clients.models import Client
    from followups.models import FollowUp


# The kinds of step that speak to nobody yet: all but call, text and letter.
DECISIONS = ("joint_offer", "resource", "conversation", "consultation", "review", "report", "fee")


# A day on which a court expects news counts as near from so many days before.
NEAR = timedelta(days=7)


def _court_day(today: date) -> Case:
    """The day on which a court expects news, where a mandate leads and the day is near; else empty."""
    near = ReportingDate.objects.filter(
        mandate__client=OuterRef("client"),
        mandate__case=OuterRef("case"),
        mandate__ended_on=None,
        settled_at=None,
        due_on__lte=today + NEAR,
    )
    earliest = near.order_by("due_on").values("due_on")[:1]
    return Case(When(protocol_version__protocol__code="court_mandated", then=Subquery(earliest)))


def _said_away(day: date, of: str = "") -> Q:
    """`User.is_away`, as a condition on staff, or on what points to one of them (`of="owner__"`)."""
    return Q(**{f"{of}away_from__lte": day, f"{of}away_until__gt": day})


def days_off(day: date, zone: ZoneInfo) -> models.QuerySet[TimeOff]:
    """Time off that holds until the end of this day, as the calendar has it."""
    _, ends = day_bounds(day, zone)
    return TimeOff.objects.filter(starts_at__lt=ends, ends_at__gte=ends, occupancies__released_at=None)


def _away_on(day: date, zone: ZoneInfo) -> models.QuerySet[User]:
    """Staff who are away on this day: they said so, or the calendar has them off."""
    return User.objects.filter(_said_away(day) | Q(pk__in=days_off(day, zone).values("clinician")))


def _has_a_stand_in(day: date) -> Case:
    """Whether somebody stands in for the owner who is there on this day, and may read what it is about."""
    treats = Q(clinician=OuterRef("owner__stands_in")) | Q(clinician__supervisor=OuterRef("owner__stands_in"))
    reads = Exists(CaseClinician.objects.filter(treats, case=OuterRef("case"), until_on=None))
    at_desk = Q(owner__stands_in__roles__contains=[Role.FRONT_DESK])
    able = Q(reads) | at_desk & Q(protocol_version__protocol__is_sensitive=False)
    return Case(
        When(_said_away(day, of="owner__stands_in__"), then=False),
        When(able, owner__stands_in__is_active=True, then=True),
        default=False,
    )


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Follow-ups by person, by state, by when they fall due."""

    def visible_to(self, user: User) -> Self:
        """Calls to make for the desk; those of their cases for clinicians; their team's for supervisors."""
        theirs = Q(pk__in=FollowUpQuerySet(self.model).clinical_for(user).values("pk"))
        if user.may(May.SEE_ALL_SESSIONS):
            theirs |= ~Q(pk__in=self._undecided().values("pk"))
        return self.filter(theirs)

    def _undecided(self) -> FollowUpQuerySet:
        """Sensitive ones that begin with a decision, not yet taken: whether to call at all, and how safely.

        A reluctant partner is called by nobody: there every step is a decision.
        """
        undecided = Q(
            protocol_version__protocol__is_sensitive=True,
            steps__done_at=None,
            steps__skipped_at=None,
            steps__position=1,
            steps__kind__in=DECISIONS,
        )
        reluctant = Q(protocol_version__protocol__code="reluctant_partner")
        return FollowUpQuerySet(self.model).filter(undecided | reluctant)

    def clinical_for(self, user: User) -> Self:
        """Those whose cause and words this person may read (row 1.7)."""
        if not user.may(May.SEE_CLINICAL_WORDS):
            return self.none()
        theirs = self.model._default_manager.filter(caseload_of(user, prefix="case__"))
        return self.filter(pk__in=theirs.values("pk"))

    def open(self) -> Self:
        return self.filter(state="open")

    def to_do(self, day: date) -> Self:
        """Open, and their person neither away on this day nor dead; soonest due first."""
        away = Q(client__away_from__lte=day) & (Q(client__away_until=None) | Q(client__away_until__gt=day))
        return self.open().filter(client__died_on=None).exclude(away).order_by("due_at", "pk")

    def due_by(self, moment: datetime) -> Self:
        return self.open().filter(due_at__lte=moment)

    def of(self, client: Client) -> Self:
        """One client's, newest first."""
        return self.filter(client=client).order_by("-opened_at", "-pk")

    def owned_by(self, user: User, *, today: date, zone: ZoneInfo) -> Self:
        """This person's own, the desk's for who works at the desk, and what comes to them while its owner is away."""
        mine = Q(owner=user)
        if user.may(May.SEE_ALL_SESSIONS):
            mine |= Q(owner=None, owner_role="desk")
        meanwhile = FollowUpQuerySet(self.model).handed_over_to(user, today=today, zone=zone)
        return self.filter(mine | Q(pk__in=meanwhile.values("pk")))

    def handed_over_to(self, user: User, *, today: date, zone: ZoneInfo) -> Self:
        """The open steps of colleagues who are away today: their stand-in's, as far as that person may read them.

        The rest is their supervisor's; and the desk's, where there is none. Nothing is written: once they are
        back it is theirs again, and it has always been.
        """
        to_me = Q(owner__stands_in=user, has_a_stand_in=True)
        if user.may(May.SEE_SUPERVISED):
            to_me |= Q(owner__supervisor=user, has_a_stand_in=False)
        if user.may(May.SEE_ALL_SESSIONS):
            unsupervised = Q(owner__supervisor=None) | Q(owner__supervisor__is_active=False)
            to_me |= unsupervised & Q(has_a_stand_in=False)
        # Mostly nobody is away: then this is a look at the staff, and at no follow-up.
        theirs = self.open().filter(owner__in=_away_on(today, zone).exclude(pk=user.pk).values("pk"))
        return theirs.annotate(has_a_stand_in=_has_a_stand_in(today)).filter(to_me)

    def overdue_in_team(self, user: User, *, now: datetime, hours: int) -> Self:
        """What colleagues under this supervisor have not got to for so many hours; of those that they may see.

        Counted from when it was given to somebody, where that was later: whoever got it has their time.
        """
        if not user.may(May.SEE_SUPERVISED):
            return self.none()
        team = self.clinical_for(user) if user.may(May.SEE_ALL_SESSIONS) else self
        since = Greatest("due_at", Coalesce("handed_at", "due_at"))
        waiting = team.open().annotate(waits_since=since).exclude(owner=user)
        return waiting.filter(waits_since__lte=now - timedelta(hours=hours))

    def ones_own(self, user: User, *, now: datetime, practice: Practice) -> Self:
        """What this person looks at first: their own, and for a supervisor what waits too long in their team."""
        today, zone = practice.today(now), practice.zone
        if not user.may(May.SEE_SUPERVISED):
            return self.owned_by(user, today=today, zone=zone)
        # Both of everything: that one may see them at all is asked once, of the whole.
        everything = FollowUpQuerySet(self.model)
        mine = everything.owned_by(user, today=today, zone=zone)
        waits = everything.overdue_in_team(user, now=now, hours=practice.overdue_hours)
        return self.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=waits.values("pk")))

    def with_people(self) -> Self:
        """Everything that a row shows, in two further queries."""
        causes = self.model._meta.get_field("causes").related_model._default_manager
        steps = self.model._meta.get_field("steps").related_model._default_manager
        return self.select_related(
            "client", "case", "owner__supervisor", "closed_by", "protocol_version__protocol"
        ).prefetch_related(
            Prefetch("causes", causes.select_related("protocol", "participant__session")),
            Prefetch("steps", steps.select_related("protocol_version")),
        )

    def with_attempts(self) -> Self:
        """What a follow-up's own page shows besides."""
        attempts = self.model._meta.get_field("attempts").related_model._default_manager
        known = attempts.select_related("logged_by", "court_talk")
        return self.prefetch_related(Prefetch("attempts", known), "attempts__barriers")

    def in_order_for(self, user: User, *, now: datetime, zone: ZoneInfo) -> Self:
        """What matters first: a worry about wellbeing, a court's day that is near, the first call of a
        day, and then by when it falls due.

        Who sees everybody's, and so may not read every cause, gets an order that tells none.
        """
        attempts = self.model._meta.get_field("attempts").related_model._default_manager
        asked = self.annotate(
            is_ahead=Case(When(due_at__lt=now, then=0), default=1),
            due_day=TruncDate("due_at", tzinfo=zone),
            was_tried=Exists(attempts.filter(follow_up=OuterRef("pk"))),
        )
        by_day = (
            "is_ahead",
            F("due_day").asc(nulls_last=True),
            "was_tried",
            F("due_at").asc(nulls_last=True),
        )
        if user.may(May.SEE_ALL_SESSIONS):
            return asked.order_by(*by_day, "opened_at", "pk")
        risk = Case(When(protocol_version__protocol__code="at_risk", then=0), default=1)
        near = asked.annotate(court_day=_court_day(now.astimezone(zone).date()))
        court = F("court_day").asc(nulls_last=True)
        return near.order_by(risk, court, *by_day, "-protocol_version__protocol__rank", "pk")

    def by_urgency(self) -> Self:
        """The overdue and the weightier first."""
        return self.order_by(F("due_at").asc(nulls_last=True), "-protocol_version__protocol__rank", "pk")
