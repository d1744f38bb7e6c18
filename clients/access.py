"""The only door from a page or the API to clients and cases."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.replaced import Replaced
from accounts.roles import May
from clients.merging import lasting
from clients.models import (
    AgreedStrategy,
    AwaySupport,
    Barrier,
    BarrierGroup,
    Case,
    CaseMember,
    Channel,
    CheckInPlan,
    Client,
    ClientMerge,
    ConfidentialityPolicy,
    Consequence,
    ContactPoint,
    ContingencyPlan,
    DisclosureBasis,
    Guardianship,
    Mandate,
    ProtectiveOrder,
    RecordRequest,
    Referral,
    ReportingDate,
    Resource,
    Strategy,
    StressPeriod,
    Suppression,
    SuppressionReason,
)
from clients.querysets import (
    AgreedStrategyQuerySet,
    CaseQuerySet,
    CheckInPlanQuerySet,
    ClientQuerySet,
    ConsequenceQuerySet,
    ContingencyPlanQuerySet,
    ReferralQuerySet,
    ReportingDateQuerySet,
)
from clients.screening import may_screen

Listed = TypeVar("Listed", Barrier, Resource, Strategy)
OfAnOrder = TypeVar("OfAnOrder", ReportingDate, DisclosureBasis)


def clients_visible_to(user: User) -> ClientQuerySet:
    """The people that this person may see."""
    return Client.objects.visible_to(user)


def cases_visible_to(user: User) -> CaseQuerySet:
    """The cases that this person may see."""
    return Case.objects.visible_to(user)


def cases_counted_for(user: User) -> CaseQuerySet:
    """The cases whose clinical figures this person may see: their own, and their team's."""
    require(user, May.SEE_NUMBERS, May.SEE_CLINICAL_WORDS)
    return Case.objects.clinical_for(user)


def get_client(user: User, public_id: UUID, *, write: bool = False) -> Client:
    """One person; 404 if invisible, 403 if visible and not this person's to change."""
    client = clients_visible_to(user).filter(public_id=public_id).first()
    if client is None:
        _lead_on(user, public_id)
        raise Http404
    if write:
        require(user, May.EDIT_CLIENTS)
    return client


def _lead_on(user: User, public_id: UUID) -> None:
    """Raise Replaced for a record that was merged into one which this person may see."""
    gone = Client.objects.filter(public_id=public_id).exclude(merged_into=None).first()
    if gone and clients_visible_to(user).filter(pk=(kept := lasting(gone)).pk).exists():
        raise Replaced(public_id, kept.public_id)


def merges_of(client: Client) -> QuerySet[ClientMerge]:
    """The records that were taken into this one and have not been parted again."""
    return client.merges.filter(undone_at=None).select_related("gone", "merged_by")


def get_merge(user: User, public_id: UUID) -> ClientMerge:
    """One merge of a person that this person may change; 404 if invisible.

    Once they are parted, both must be theirs to see: what is said of it names both.
    """
    require(user, May.EDIT_CLIENTS)
    visible = clients_visible_to(user).order_by().values("pk")
    merges = ClientMerge.objects.filter(Q(undone_at=None) | Q(gone__in=visible), kept__in=visible)
    merge = merges.select_related("kept", "gone", "merged_by").filter(public_id=public_id).first()
    if merge is None:
        raise Http404
    return merge


def receivers_for(user: User, minor: Client, today: date) -> ClientQuerySet:
    """Who receives a minor's messages, as far as this person may see them."""
    standing = minor.guardianships.filter(may_receive=True).exclude(until__lte=today)
    return clients_visible_to(user).filter(pk__in=standing.values("guardian"))


def get_case(user: User, public_id: UUID, *, write: bool = False) -> Case:
    """One case; 404 if invisible, 403 if visible and not this person's to change."""
    case = cases_visible_to(user).filter(public_id=public_id).first()
    if case is None:
        raise Http404
    if write:
        require(user, May.EDIT_CLIENTS)
    return case


def may_read_words(user: User, client: Client) -> bool:
    """Whether this person may read what the client said: its clinicians and their supervisors."""
    return Client.objects.clinical_for(user).filter(pk=client.pk).exists()


def may_read_case_words(user: User, case: Case) -> bool:
    """Whether this person may read the clinical part of a case."""
    return Case.objects.clinical_for(user).filter(pk=case.pk).exists()


def require_clinical(user: User, case: Case) -> None:
    """Refuse (403) who may see the case but not its clinical words (row 1.7)."""
    if not may_read_case_words(user, case):
        raise PermissionDenied


def may_treat_case(user: User, case: Case) -> bool:
    """Whether this person treats it; a supervisor as such does not."""
    return Case.objects.treated_by(user).filter(pk=case.pk).exists()


def require_treating(user: User, case: Case) -> None:
    """Refuse (403) everybody but the case's own clinicians, their supervisors included."""
    if not may_treat_case(user, case):
        raise PermissionDenied


def policy_of(case: Case) -> ConfidentialityPolicy | None:
    """What those in this case signed about confidentiality; the caller may read the case's words."""
    return ConfidentialityPolicy.objects.filter(case=case).select_related("entered_by").first()


def cases_read_by(user: User, cases: Iterable[int]) -> frozenset[int]:
    """Of which of these cases this person may read the clinical words. One query."""
    return frozenset(Case.objects.clinical_for(user).filter(pk__in=set(cases)).values_list("pk", flat=True))


def plans_readable_by(user: User) -> ContingencyPlanQuerySet:
    """What was agreed for the day when somebody cannot come; of people treated together for their clinicians."""
    return ContingencyPlan.objects.readable_by(user)


def cases_treated_by(user: User, cases: Iterable[int]) -> frozenset[int]:
    """Which of these cases this person treats. One query."""
    return frozenset(Case.objects.treated_by(user).filter(pk__in=set(cases)).values_list("pk", flat=True))


def plan_of(member: CaseMember) -> ContingencyPlan | None:
    """What was agreed with one member, ended or not; the caller treats them."""
    return ContingencyPlan.objects.filter(case=member.case_id, client=member.client_id).first()


def get_away_support(user: User, public_id: UUID) -> AwaySupport:
    """Who is there for somebody while they are away; 404 if invisible, 403 for who may not read it."""
    found = AwaySupport.objects.filter(public_id=public_id, client__in=clients_visible_to(user))
    support = found.select_related("client").first()
    if support is None:
        raise Http404
    if not may_read_words(user, support.client):
        raise PermissionDenied
    return support


def check_ins_readable_by(user: User) -> CheckInPlanQuerySet:
    """What was agreed on hearing from one another between sessions; none for the desk."""
    return CheckInPlan.objects.readable_by(user)


def get_check_in_plan(user: User, public_id: UUID) -> CheckInPlan:
    """One such agreement, for who treats them; 404 if its case is invisible, else 403."""
    found = CheckInPlan.objects.filter(public_id=public_id, case__in=cases_visible_to(user))
    plan = found.with_people().first()
    if plan is None:
        raise Http404
    require_treating(user, plan.case)
    return plan


def get_stress_period(user: User, public_id: UUID) -> StressPeriod:
    """One period of stress; refused as the agreement that it belongs to is."""
    period = StressPeriod.objects.filter(public_id=public_id).select_related("plan").first()
    if period is None:
        raise Http404
    period.plan = get_check_in_plan(user, period.plan.public_id)
    return period


def require_plan(user: User, case: Case) -> None:
    """Refuse (403) who may not act on what was agreed: of people treated together all but their clinicians."""
    if case.is_joint:
        require_treating(user, case)


def get_contact_point(user: User, public_id: UUID, *, write: bool = False) -> ContactPoint:
    """One address in use of somebody visible; 404 if invisible, 403 if read-only."""
    found = ContactPoint.objects.filter(public_id=public_id, ended_at=None).select_related("client").first()
    if found is None or not clients_visible_to(user).filter(pk=found.client_id).exists():
        raise Http404
    if write:
        require(user, May.EDIT_CLIENTS)
    return found


def unfit_contacts(user: User) -> QuerySet[ContactPoint]:
    """The addresses of visible people that a provider refuses: somebody must ask for others."""
    unfit = ContactPoint.objects.filter(unfit_at__isnull=False, ended_at=None)
    if user.may(May.SEE_ALL_SESSIONS):
        return unfit
    return unfit.filter(client__in=clients_visible_to(user).order_by().values("pk"))


def not_to_be_called(addresses: list[str]) -> frozenset[str]:
    """Which of these numbers nobody may call: somebody else's, or not safe. One query."""
    somebody_elses = Q(reason__in=[SuppressionReason.WRONG_PERSON, SuppressionReason.UNSAFE])
    standing = Suppression.objects.filter(address__in=addresses, lifted_at=None)
    # Who wants no more calls by machine may still be called by a person.
    refused = Q(channel=Channel.VOICE) & ~Q(reason=SuppressionReason.OPTED_OUT)
    return frozenset(standing.filter(refused | somebody_elses).values_list("address", flat=True))


def barriers() -> QuerySet[Barrier]:
    """What can be named as having got in the way."""
    return Barrier.objects.filter(is_active=True)


def get_guardianship(user: User, public_id: UUID, *, write: bool = False) -> Guardianship:
    """One guardianship of a minor whom one may see."""
    found = Guardianship.objects.filter(minor__in=clients_visible_to(user))
    guardianship = found.select_related("minor", "guardian").filter(public_id=public_id).first()
    if guardianship is None:
        raise Http404
    if write:
        require(user, May.EDIT_CLIENTS)
    return guardianship


def get_member(user: User, public_id: UUID, *, write: bool = False) -> CaseMember:
    """One person's place in a case that one may see."""
    found = CaseMember.objects.filter(case__in=cases_visible_to(user))
    member = found.select_related("case", "client").filter(public_id=public_id).first()
    if member is None:
        raise Http404
    if write:
        require(user, May.EDIT_CLIENTS)
    return member


def get_treated_case(user: User, public_id: UUID) -> Case:
    """One case, for its own clinicians; 404 if invisible, 403 for everybody else."""
    case = get_case(user, public_id)
    require_treating(user, case)
    return case


def get_treated_member(user: User, public_id: UUID) -> CaseMember:
    """One person's place in a case, for the case's own clinicians; 404 and 403 as above."""
    member = get_member(user, public_id)
    require_treating(user, member.case)
    return member


def get_protective_order(user: User, public_id: UUID) -> ProtectiveOrder:
    """One order in somebody's record; 404 if they are invisible, 403 for who does not treat them."""
    found = ProtectiveOrder.objects.filter(
        public_id=public_id, client__in=clients_visible_to(user).order_by()
    )
    order = found.select_related("client", "other").first()
    if order is None:
        raise Http404
    if not may_screen(user, order.client):
        raise PermissionDenied
    return order


def suppressions_of(contacts: Iterable[ContactPoint]) -> QuerySet[Suppression]:
    """What stops these addresses; the caller has asked for their people."""
    addresses = [contact.address for contact in contacts]
    return Suppression.objects.filter(address__in=addresses, lifted_at=None).order_by("since_at")


def phones_of(people: Iterable[Client]) -> QuerySet[ContactPoint]:
    """The numbers in use of these people, in the order in which they are tried."""
    numbers = ContactPoint.objects.filter(client__in=people, kind=ContactPoint.Kind.PHONE, ended_at=None)
    return numbers.order_by("position", "pk")


def with_reach(ids: Iterable[int]) -> ClientQuerySet:
    """These people with everything that says how they and their guardians are reached.

    The caller has asked for the sessions that they are expected at. Six queries.
    """
    return Client.objects.filter(pk__in=set(ids)).prefetch_related(
        "contact_points__consents",
        "safe_contacts",
        "guardianships__guardian__contact_points__consents",
        "guardianships__guardian__safe_contacts",
    )


def stops_on(addresses: Iterable[str]) -> dict[tuple[str, str], str]:
    """Which of these addresses take nothing on which channel, and why."""
    standing = Suppression.objects.filter(address__in=set(addresses), lifted_at=None)
    return {(stop.address, stop.channel): stop.reason for stop in standing}


def agreed_to(purpose: str, ids: Iterable[int]) -> frozenset[int]:
    """Which of these people agreed, at an address in use, to be written to for this purpose.

    The caller may see them. One query.
    """
    agreeing = Client.objects.filter(
        pk__in=set(ids),
        contact_points__ended_at=None,
        contact_points__consents__purpose=purpose,
        contact_points__consents__withdrawn_at=None,
    )
    return frozenset(agreeing.values_list("pk", flat=True))


def get_mandate(user: User, public_id: UUID) -> Mandate:
    """One court's order with its dates; 404 if the case is invisible, 403 for who may not read it."""
    found = Mandate.objects.filter(public_id=public_id, case__in=cases_visible_to(user))
    mandate = (
        found.select_related("case", "client")
        .prefetch_related("reporting_dates__settled_by", "bases")
        .first()
    )
    if mandate is None:
        raise Http404
    require_clinical(user, mandate.case)
    return mandate


def get_record_request(user: User, public_id: UUID) -> RecordRequest:
    """One wish for a record; 404 if its case is invisible, 403 for who does not treat it."""
    found = RecordRequest.objects.filter(public_id=public_id, case__in=cases_visible_to(user))
    asked = found.select_related("case", "client").first()
    if asked is None:
        raise Http404
    require_treating(user, asked.case)
    return asked


def get_reporting_date(user: User, public_id: UUID) -> ReportingDate:
    """One day on which a court expects a report; refused as its order is."""
    return _of_an_order(user, ReportingDate.objects.filter(public_id=public_id))


def get_disclosure_basis(user: User, public_id: UUID) -> DisclosureBasis:
    """One consent on file, or sufficient order; refused as the court's order it belongs to is."""
    return _of_an_order(user, DisclosureBasis.objects.filter(public_id=public_id))


def _of_an_order(user: User, found: QuerySet[OfAnOrder]) -> OfAnOrder:
    record = found.select_related("mandate").first()
    if record is None:
        raise Http404
    get_mandate(user, record.mandate.public_id)
    return record


def reporting_dates_of(user: User) -> ReportingDateQuerySet:
    """The days on which courts expect reports, of the cases that this person may read."""
    dates = ReportingDate.objects.clinical_for(user)
    return dates.select_related("mandate__client", "mandate__case")


def resources(*, practical: bool = False) -> QuerySet[Resource]:
    """The directory as far as it is in use; with `practical` what a desk can offer."""
    found = Resource.objects.filter(is_active=True)
    if practical:
        return found.filter(barriers__group=BarrierGroup.LOGISTICAL).distinct()
    return found


def strategies() -> QuerySet[Strategy]:
    """What can be agreed on with clients."""
    return Strategy.objects.filter(is_active=True)


def all_resources(user: User) -> QuerySet[Resource]:
    """The whole directory, for who keeps it."""
    require(user, May.MANAGE_SETTINGS)
    return Resource.objects.prefetch_related("barriers").order_by("-is_active", "name")


def all_strategies(user: User) -> QuerySet[Strategy]:
    """Every strategy, for who keeps the list."""
    require(user, May.MANAGE_SETTINGS)
    return Strategy.objects.prefetch_related("barriers").order_by("-is_active", "position", "name")


def get_resource(user: User, public_id: UUID) -> Resource:
    """One entry of the directory, to be changed."""
    return _listed(all_resources(user), public_id=public_id)


def get_strategy(user: User, public_id: UUID) -> Strategy:
    """One strategy, to be changed."""
    return _listed(all_strategies(user), public_id=public_id)


def get_own_barrier(user: User, code: str) -> Barrier:
    """One barrier of the practice's own, to be changed; 404 for those that Kept came with."""
    require(user, May.MANAGE_SETTINGS)
    return _listed(Barrier.objects.filter(is_own=True), code=code)


def _listed(found: QuerySet[Listed], **which: object) -> Listed:
    one = found.filter(**which).first()
    if one is None:
        raise Http404
    return one


def referrals_visible_to(user: User) -> ReferralQuerySet:
    """Offers of help that this person may see; barrier and notes are for who reads the client's words."""
    return Referral.objects.visible_to(user).with_people()


def referrals_counted_for(user: User) -> ReferralQuerySet:
    """The offers whose figures this person may see: those whose barrier they may read."""
    require(user, May.SEE_NUMBERS, May.SEE_CLINICAL_WORDS)
    return Referral.objects.clinical_for(user)


def get_referral(user: User, public_id: UUID, *, write: bool = False) -> Referral:
    """One offer of help; 404 if invisible, 403 if read-only."""
    referral = referrals_visible_to(user).filter(public_id=public_id).first()
    if referral is None:
        raise Http404
    if write:
        require(user, May.FOLLOW_UP)
    return referral


def readable_referrals(user: User, referrals: Iterable[Referral]) -> frozenset[int]:
    """Of which of these this person may read barrier and notes, by primary key. One query."""
    asked = Referral.objects.clinical_for(user).filter(pk__in=[one.pk for one in referrals])
    return frozenset(asked.values_list("pk", flat=True))


def agreed_strategies_readable_by(user: User) -> AgreedStrategyQuerySet:
    """What was agreed on with the clients of one's caseload or team."""
    return AgreedStrategy.objects.clinical_for(user).with_people()


def get_agreed_strategy(user: User, public_id: UUID) -> AgreedStrategy:
    """One of them; 404 if its case is invisible, 403 for who may not read its words."""
    found = AgreedStrategy.objects.with_people().filter(public_id=public_id, case__in=cases_visible_to(user))
    agreed = found.first()
    if agreed is None:
        raise Http404
    require_clinical(user, agreed.case)
    return agreed


def consequences_readable_by(user: User) -> ConsequenceQuerySet:
    """What missing sessions costs the clients of one's caseload or team."""
    return Consequence.objects.clinical_for(user).select_related("client", "noted_by")
