"""The only door from a page or the API to follow-ups, and the wall before their causes and words."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import May, Role
from clients.access import cases_visible_to, get_mandate, get_treated_case, require_clinical
from clients.models import Mandate
from clients.treatment import working_on
from followups.models import (
    Consultation,
    ContactAttempt,
    CourtReport,
    Disclosure,
    FollowUp,
    Invitation,
    LaterOption,
    MissPattern,
    Protocol,
    ProtocolVersion,
    ReportException,
    SuitabilityReview,
    WellbeingConcern,
)
from followups.protocols import current_versions
from followups.querysets import FollowUpQuerySet


def follow_ups_visible_to(user: User) -> FollowUpQuerySet:
    """The follow-ups that this person may see.

    What they may read of each is `presenting.present`'s to say: the desk sees those for
    mandates, risk and partners as "please call". Never filter or sort by protocol for them.
    """
    return FollowUp.objects.visible_to(user)


def get_follow_up(user: User, public_id: UUID, *, write: bool = False) -> FollowUp:
    """One follow-up with all that is shown of it; 404 if invisible, 403 if read-only."""
    found = follow_ups_visible_to(user).with_people().with_attempts()
    follow_up = found.filter(public_id=public_id).first()
    if follow_up is None:
        raise Http404
    if write:
        require(user, May.FOLLOW_UP)
    return follow_up


def get_follow_up_to_close(user: User, public_id: UUID) -> FollowUp:
    """One that this person may close; 403 for a sensitive one that is not their clinical work."""
    follow_up = get_follow_up(user, public_id, write=True)
    if not may_close(user, follow_up):
        raise PermissionDenied
    return follow_up


def get_attempt(user: User, follow_up: FollowUp, public_id: UUID) -> ContactAttempt:
    """One of one's own attempts in it; 404 for a colleague's, or once it was taken back."""
    own = follow_up.attempts.filter(logged_by=user, public_id=public_id).select_related("step")
    attempt = own.first()
    if attempt is None:
        raise Http404
    return attempt


def possible_owners(follow_up: FollowUp) -> QuerySet[User]:
    """Colleagues to whom its step can be given: the case's clinicians, their supervisors, and the
    desk's people unless it is clinicians' work."""
    theirs = working_on(follow_up.case)
    if not follow_up.protocol.is_sensitive:
        theirs |= Q(roles__contains=[Role.FRONT_DESK])
    return User.objects.filter(theirs, is_active=True).order_by("name", "pk")


def clinical_ids(user: User, follow_ups: list[FollowUp]) -> frozenset[int]:
    """Which of these this person may read with causes and words, in one query."""
    rows = FollowUp.objects.clinical_for(user).filter(pk__in=[one.pk for one in follow_ups])
    return frozenset(rows.values_list("pk", flat=True))


def may_close(user: User, follow_up: FollowUp) -> bool:
    """A sensitive one is closed by its clinicians or their supervisor (design, "Follow-ups")."""
    if not follow_up.protocol.is_sensitive:
        return user.may(May.FOLLOW_UP)
    return user.may(May.CLOSE_SENSITIVE) and follow_up.pk in clinical_ids(user, [follow_up])


def disclosures_of(mandate: Mandate) -> QuerySet[Disclosure]:
    """What went to the court on this order, the latest first; the caller has asked for the order."""
    return mandate.disclosures.select_related("disclosed_by", "exception__granted_by")


def exceptions_of(mandate: Mandate) -> QuerySet[ReportException]:
    """What supervisors have answered for on this order; the caller has asked for it."""
    found = ReportException.objects.filter(reporting_date__mandate=mandate)
    return found.select_related("granted_by", "reporting_date")


def reports_of(mandate: Mandate) -> QuerySet[CourtReport]:
    """The reports written on this order, the latest first; the caller has asked for it."""
    return mandate.reports.select_related("signed_by", "disclosure")


def get_court_report(user: User, public_id: UUID) -> CourtReport:
    """One report to the court; 404 and 403 as its order."""
    known = (
        "written_by",
        "approved_by",
        "signed_by",
        "disclosure__disclosed_by",
        "reporting_date",
        "mandate",
    )
    report = CourtReport.objects.filter(public_id=public_id).select_related(*known).first()
    if report is None:
        raise Http404
    report.mandate = get_mandate(user, report.mandate.public_id)
    return report


def protocols_in_force(user: User) -> list[ProtocolVersion]:
    """The newest version of every protocol, the weightiest first; for who manages settings."""
    require(user, May.MANAGE_SETTINGS)
    return sorted(current_versions().values(), key=lambda version: -version.protocol.rank)


def get_protocol(user: User, code: str) -> ProtocolVersion:
    """The version in force of one protocol; 404 if there is none."""
    require(user, May.MANAGE_SETTINGS)
    version = current_versions().get(code)
    if version is None:
        raise Http404
    return version


def versions_of(user: User, protocol: Protocol) -> QuerySet[ProtocolVersion]:
    """What a protocol said and says, newest first, with who wrote it."""
    require(user, May.MANAGE_SETTINGS)
    return ProtocolVersion.objects.filter(protocol=protocol).select_related("created_by", "protocol")


def get_pattern(user: User, public_id: UUID) -> MissPattern:
    """One way in which misses make a pattern, for who keeps the settings; else 403, 404 where there is none."""
    require(user, May.MANAGE_SETTINGS)
    pattern = MissPattern.objects.filter(public_id=public_id).first()
    if pattern is None:
        raise Http404
    return pattern


def get_invitation(user: User, public_id: UUID) -> Invitation:
    """One invitation, for the case's own clinicians; 404 if its case is invisible, 403 for others."""
    found = Invitation.objects.filter(public_id=public_id)
    people = ("member__case", "member__client", "asker", "written_by", "approval_noted_by", "given_by")
    invitation = found.select_related(*people).first()
    if invitation is None:
        raise Http404
    get_treated_case(user, invitation.member.case.public_id)
    return invitation


def get_later_option(user: User, public_id: UUID) -> LaterOption:
    """One of the other ways that was noted; 404 and 403 as above."""
    option = LaterOption.objects.filter(public_id=public_id).select_related("case", "member__client").first()
    if option is None:
        raise Http404
    get_treated_case(user, option.case.public_id)
    return option


def get_wellbeing_concern(user: User, public_id: UUID) -> WellbeingConcern:
    """One worry about somebody; 404 if their case is invisible, 403 for who may not read what was said."""
    found = WellbeingConcern.objects.filter(public_id=public_id, case__in=cases_visible_to(user))
    known = (
        "client",
        "case",
        "session",
        "follow_up",
        "raised_by",
        "asked",
        "escalated_to",
        "taken_by",
        "done_by",
    )
    concern = found.select_related(*known).first()
    if concern is None:
        raise Http404
    require_clinical(user, concern.case)
    return concern


def get_clinical_follow_up(user: User, public_id: UUID) -> FollowUp:
    """One follow-up for who may read its case's words; 404 if invisible, 403 for the desk."""
    follow_up = get_follow_up(user, public_id, write=True)
    require_clinical(user, follow_up.case)
    return follow_up


def get_consultation(user: User, public_id: UUID) -> Consultation:
    """One question to a supervisor; refused as its follow-up is."""
    found = Consultation.objects.filter(public_id=public_id)
    consultation = found.select_related("asked_by", "asked_of", "answered_by", "follow_up").first()
    if consultation is None:
        raise Http404
    consultation.follow_up = get_clinical_follow_up(user, consultation.follow_up.public_id)
    return consultation


def get_review(user: User, public_id: UUID) -> SuitabilityReview:
    """One suitability review; refused as its follow-up is."""
    found = SuitabilityReview.objects.filter(public_id=public_id)
    review = found.select_related("clinician", "supervisor", "opened_by", "follow_up").first()
    if review is None:
        raise Http404
    review.follow_up = get_clinical_follow_up(user, review.follow_up.public_id)
    return review
