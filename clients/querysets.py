"""Questions about clients and cases."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.roles import May

if TYPE_CHECKING:
    from accounts.models import User
    from clients.models import (
        AgreedStrategy,
        Case,
        CheckInPlan,
        Client,
        Consequence,
        ContingencyPlan,
        Referral,
        ReportingDate,
    )


# Nobody's name is longer; each further word would cost a comparison with everybody's.
LONGEST_SEARCH = 100
DAY_MONTH_AND_YEAR, MOST_OF_A_MONTH, EARLIEST_BIRTH = 3, 31, 1890


def caseload_of(user: User, *, prefix: str = "") -> Q:
    """Rows whose `case_clinicians` make them this person's, or their team's, to read."""
    clinician = f"{prefix}case_clinicians__clinician"
    theirs = Q(pk__in=[])
    if user.may(May.SEE_OWN_CASELOAD):
        theirs |= Q(**{clinician: user})
    if user.may(May.SEE_SUPERVISED):
        theirs |= Q(**{f"{clinician}__supervisor": user})
    return theirs & Q(**{f"{prefix}case_clinicians__until_on": None})


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """All for the desk; their own for clinicians; their team's for supervisors."""
        if user.may(May.SEE_ALL_SESSIONS):
            return self
        return self.clinical_for(user)

    def clinical_for(self, user: User) -> Self:
        """Those whose clinical words this person may read (row 1.7)."""
        # A semi-join, so that a case with two clinicians stays one row.
        return self.filter(pk__in=self.model._default_manager.filter(caseload_of(user)).values("pk"))

    def treated_by(self, user: User) -> Self:
        """Those that this person treats: what was said in a session is for nobody else (row 1.7)."""
        if not user.may(May.SEE_CLINICAL_WORDS):
            return self.none()
        treating = {"case_clinicians__clinician": user, "case_clinicians__until_on": None}
        return self.filter(pk__in=self.model._default_manager.filter(**treating).values("pk"))

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def with_people(self) -> Self:
        """Members with their clients, and clinicians, in two further queries."""
        return self.prefetch_related("members__client", "case_clinicians__clinician")


class ClientQuerySet(models.QuerySet["Client"]):
    """People, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """All for the desk; the people of their cases, and their guardians, for clinicians."""
        if user.may(May.SEE_ALL_SESSIONS):
            return self.filter(merged_into=None)
        treated = self.model._default_manager.filter(caseload_of(user, prefix="memberships__case__")).values(
            "pk"
        )
        return self.filter(Q(pk__in=treated) | Q(wards__minor__in=treated)).distinct()

    def without_a_yes(self) -> Self:
        """With an address of their own and no guardian, and no yes to reminders at any: somebody has to ask."""
        address: Any = self.model._meta.get_field("contact_points").related_model
        consent: Any = address._meta.get_field("consents").related_model
        in_use = address.objects.filter(client=OuterRef("pk"), ended_at=None)
        yes = consent.objects.filter(
            contact_point__client=OuterRef("pk"),
            contact_point__ended_at=None,
            purpose="appointments",
            withdrawn_at=None,
        )
        guardianship: Any = self.model._meta.get_field("guardianships").related_model
        answered_for = guardianship.objects.filter(minor=OuterRef("pk"), until=None)
        return self.filter(Exists(in_use), ~Exists(yes), ~Exists(answered_for))

    def clinical_for(self, user: User) -> Self:
        """Those whose clinical words this person may read."""
        return self.filter(
            pk__in=self.model._default_manager.filter(caseload_of(user, prefix="memberships__case__")).values(
                "pk"
            )
        )

    def in_treatment(self) -> Self:
        """People with a place in an open case, and not merely a minor's guardian."""
        return self.filter(
            pk__in=self.model._default_manager.filter(
                memberships__isnull=False, memberships__left_on=None, memberships__case__closed_on=None
            ).values("pk")
        )

    def without_consent(self, on: date) -> Self:
        """In treatment, and nobody has agreed to messages about their appointments.

        Kept writes to none of them: the desk asks. For a minor a guardian's consent counts,
        while that guardian may receive messages. Who does not take part yet and is known by name alone
        is asked nothing by the desk: that is their clinician's (row 5.1).
        """
        in_a_case = {"memberships__left_on": None, "memberships__case__closed_on": None}
        reachable = self.model._default_manager.filter(contact_points__ended_at=None)
        known_by_name = self.model._default_manager.exclude(
            pk__in=reachable.filter(contact_points__isnull=False).values("pk")
        ).values("pk")
        taking_part = self.model._default_manager.filter(**in_a_case, memberships__engagement="joined")
        agreed = Q(
            contact_points__ended_at=None,
            contact_points__consents__purpose="appointments",
            contact_points__consents__withdrawn_at=None,
            contact_points__consents__isnull=False,
        )
        agreeing = self.model._default_manager.filter(agreed).values("pk")
        guarded = self.model._default_manager.filter(
            Q(guardianships__until=None) | Q(guardianships__until__gte=on),
            guardianships__may_receive=True,
            guardianships__guardian__in=agreeing,
        ).values("pk")
        return (
            self.in_treatment()
            .filter(left_on=None, died_on=None)
            .exclude(Q(pk__in=agreeing) | Q(pk__in=guarded))
            .exclude(Q(pk__in=known_by_name) & ~Q(pk__in=taking_part.values("pk")))
        )

    def search(self, words: str) -> Self:
        """By name with typing mistakes forgiven, by phone digits, or by date of birth."""
        words = words.replace("\0", "").strip().lower()[:LONGEST_SEARCH]
        digits = "".join(filter(str.isdigit, words))
        if len(digits) >= 4 and not any(map(str.isalpha, words)):
            return self._by_digits(words, digits)
        alike = Q(search_text__trigram_word_similar=words)
        # Two slips in a name of two words are still that name: one word may carry the other.
        for word in words.split():
            alike |= Q(search_text__trigram_word_similar=word)
        return (
            self.filter(alike)
            .annotate(likeness=TrigramWordSimilarity(words, "search_text"))
            .order_by("-likeness", "family_name", "given_name", "pk")
        )

    def _by_digits(self, words: str, digits: str) -> Self:
        """Two questions with an index each: asked in one, each would walk everybody."""
        address: Any = self.model._meta.get_field("contact_points").related_model
        numbers = address.objects.filter(address__endswith=digits, ended_at=None)
        born = self.model._default_manager.filter(born_on__in=_days_meant(words))
        return self.filter(pk__in=numbers.values("client").union(born.values("pk"), all=True))

    def namesakes_of(self, client: Client) -> Self:
        """Other people who read the same, to be told apart before anything is logged."""
        return self.filter(
            given_name__iexact=client.given_name,
            family_name__iexact=client.family_name,
            merged_into=None,
        ).exclude(pk=client.pk)


def _days_meant(words: str) -> list[date]:
    """The days that three numbers may stand for, whichever of day and month was said first."""
    numbers = [int(number) for number in re.findall(r"[0-9]{1,4}", words)]
    if len(numbers) != DAY_MONTH_AND_YEAR:
        return []
    one, two, three = numbers
    meant = [(one, two, three)] if one > MOST_OF_A_MONTH else [(three, one, two), (three, two, one)]
    return [date(*day) for day in dict.fromkeys(meant) if _is_day(*day)]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year >= EARLIEST_BIRTH


class ReportingDateQuerySet(models.QuerySet["ReportingDate"]):
    """Days on which courts expect reports."""

    def clinical_for(self, user: User) -> Self:
        """Those of the cases whose clinical words this person may read; nobody else's."""
        if not user.may(May.SEE_CLINICAL_WORDS):
            return self.none()
        theirs = self.model._default_manager.filter(caseload_of(user, prefix="mandate__case__"))
        return self.filter(pk__in=theirs.values("pk"))

    def expected_by(self, day: date) -> Self:
        """Not settled, of orders in force, due by this day or past; the earliest first."""
        return self.filter(
            settled_at=None, mandate__ended_on=None, mandate__case__closed_on=None, due_on__lte=day
        ).order_by("due_on", "pk")


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Offers of help."""

    def visible_to(self, user: User) -> Self:
        """Those of one's caseload or team; for the desk the practical ones."""
        theirs = self.model._default_manager.filter(_of_clinical_cases(user)).values("pk")
        if user.may(May.SEE_ALL_SESSIONS):
            return self.filter(Q(is_practical=True) | Q(pk__in=theirs))
        return self.filter(pk__in=theirs)

    def clinical_for(self, user: User) -> Self:
        """Those whose barrier and notes this person may read; none for the desk."""
        return self.filter(pk__in=self.model._default_manager.filter(_of_clinical_cases(user)).values("pk"))

    def open(self) -> Self:
        return self.filter(revisit_on__isnull=False)

    def of(self, user: User) -> Self:
        """Those that are this person's to ask about: their own, of their caseload what belongs to
        somebody who left the practice or the case, and for the desk what is the desk's."""
        mine = Q(owner=user)
        if user.may(May.SEE_CLINICAL_WORDS):
            mine |= Q(owner__isnull=False) & ~Q(pk__in=self._in_good_hands().values("pk"))
        if user.may(May.SEE_ALL_SESSIONS):
            mine |= Q(owner=None)
        return self.visible_to(user).filter(mine)

    def _in_good_hands(self) -> Self:
        """Those whose owner still works here, and leads the case or supervises who does."""
        leading = "case__case_clinicians__clinician"
        return self.filter(
            Q(**{leading: F("owner")}) | Q(**{f"{leading}__supervisor": F("owner")}),
            case__case_clinicians__until_on=None,
            owner__is_active=True,
        )

    def to_revisit(self, user: User, day: date) -> Self:
        """This person's, whose day has come; the longest waiting first."""
        return self.of(user).filter(revisit_on__lte=day).order_by("revisit_on", "pk")

    def with_people(self) -> Self:
        return self.select_related("client", "case", "resource", "barrier", "owner", "offered_by")


class AgreedStrategyQuerySet(models.QuerySet["AgreedStrategy"]):
    """What was agreed on with clients."""

    def clinical_for(self, user: User) -> Self:
        """Those of one's caseload or team; nobody else's."""
        return self.filter(pk__in=self.model._default_manager.filter(_of_clinical_cases(user)).values("pk"))

    def with_people(self) -> Self:
        return self.select_related("client", "case", "strategy", "noted_by")


class ConsequenceQuerySet(models.QuerySet["Consequence"]):
    """What missing sessions costs clients."""

    def clinical_for(self, user: User) -> Self:
        """Those of one's caseload or team; nobody else's."""
        return self.filter(pk__in=self.model._default_manager.filter(_of_clinical_cases(user)).values("pk"))


def _of_clinical_cases(user: User) -> Q:
    """Rows with a `case` whose clinical words this person may read."""
    return caseload_of(user, prefix="case__") if user.may(May.SEE_CLINICAL_WORDS) else Q(pk__in=[])


class ContingencyPlanQuerySet(models.QuerySet["ContingencyPlan"]):
    """What was agreed for the day when somebody cannot come, and who may see it."""

    def readable_by(self, user: User) -> Self:
        """Of one person's treatment whoever sees it; of people treated together its clinicians alone."""
        case: Any = self.model._meta.get_field("case").related_model
        alone = case.objects.visible_to(user).filter(kind="individual").order_by().values("pk")
        together = case.objects.treated_by(user).exclude(kind="individual").order_by().values("pk")
        return self.filter(Q(case__in=alone) | Q(case__in=together))

    def in_force(self) -> Self:
        """Not ended, of an open case that they are still in, and agreed to by all who are in it (row 2.11)."""
        case: Any = self.model._meta.get_field("case").related_model
        member: Any = case._meta.get_field("members").related_model
        agreement: Any = self.model._meta.get_field("agreements").related_model
        standing = member.objects.filter(case=OuterRef("case"), left_on=None)
        agreed = agreement.objects.filter(plan=OuterRef(OuterRef("pk")), client=OuterRef("client"))
        own = standing.filter(client=OuterRef("client"))
        alone = Q(case__kind__in=["individual", "group"])
        all_agreed = alone | ~Exists(standing.exclude(Exists(agreed)))
        return self.filter(Exists(own), all_agreed, ended_at=None, case__closed_on=None)


class CheckInPlanQuerySet(models.QuerySet["CheckInPlan"]):
    """Agreements to hear from one another between sessions."""

    def readable_by(self, user: User) -> Self:
        """Those of the cases whose clinical words this person may read; of people treated together its clinicians'."""
        case: Any = self.model._meta.get_field("case").related_model
        alone = case.objects.clinical_for(user).filter(kind="individual").values("pk")
        return self.filter(Q(case__in=alone) | Q(case__in=case.objects.treated_by(user).values("pk")))

    def called_by(self, user: User) -> Self:
        """Those by call that are this person's to make: of the cases they treat, and the desk's for the desk."""
        case: Any = self.model._meta.get_field("case").related_model
        treated = Q(case__in=case.objects.treated_by(user).values("pk"), caller="clinician")
        desks = Q(caller="desk") if user.may(May.SEE_ALL_SESSIONS) else Q(pk__in=[])
        return self.filter(treated | desks, way="call")

    def in_force(self, today: date) -> Self:
        """Neither ended nor at rest, of an open case that they are still in; who is away, left or died rests."""
        case: Any = self.model._meta.get_field("case").related_model
        member: Any = case._meta.get_field("members").related_model
        own = member.objects.filter(case=OuterRef("case"), client=OuterRef("client"), left_on=None)
        away = Q(client__away_from__lte=today) & (
            Q(client__away_until=None) | Q(client__away_until__gt=today)
        )
        standing = self.filter(
            Exists(own),
            ended_at=None,
            paused_at=None,
            case__closed_on=None,
            client__died_on=None,
            client__left_on=None,
        )
        return standing.exclude(away)

    def with_people(self) -> Self:
        return self.select_related("case", "client").prefetch_related("stress_periods")
