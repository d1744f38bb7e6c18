"""Who may use which address: one row for each route of Kept. Add yours where it belongs.

    Route("dashboard:client", of="client", GET=RECORD)

`of` names the thing in the address (a key of `things` in test_access_matrix.py); it belongs to
Amara's caseload. A route with more than one part gives `parts`. A method that is not named must
answer 405. A request is sent without a body: "allowed" includes a form that asks to be filled in.
"""

from dataclasses import dataclass, field
from typing import Any

ALLOWED = "allowed"  # anything but a refusal, and no fault of ours
REFUSED = "refused"  # 403: seen, or at least known, and not this role's
HIDDEN = "hidden"  # 404: as if there were nothing
SIGN_IN = "sign in"  # a page leads to the sign-in, the API answers 401
ITS_OWN = "its own"  # the view checks a signature or a key itself: anything but a fault of ours

# own: Amara, whose record it is; foreign: Luis, a second clinician; supervisor: Dana, of both.
ROLES = ("own", "foreign", "desk", "supervisor", "admin", "deactivated", "nobody")

Audience = dict[str, str]


def staff(*, own: str, foreign: str, desk: str, supervisor: str, admin: str) -> Audience:
    """An audience of people who are signed in; the deactivated and nobody have to sign in."""
    signed_in = {"own": own, "foreign": foreign, "desk": desk, "supervisor": supervisor, "admin": admin}
    return signed_in | {"deactivated": SIGN_IN, "nobody": SIGN_IN}


PUBLIC: Audience = dict.fromkeys(ROLES, ALLOWED)
SIGNED: Audience = dict.fromkeys(ROLES, ITS_OWN)
TEAM = staff(own=ALLOWED, foreign=ALLOWED, desk=ALLOWED, supervisor=ALLOWED, admin=ALLOWED)
ACCOUNT = staff(own=ITS_OWN, foreign=ITS_OWN, desk=ITS_OWN, supervisor=ITS_OWN, admin=ITS_OWN)
EVERYDAY = TEAM | {"admin": REFUSED}  # whoever sees clients at all: lists, and what is nobody's
RECORD = EVERYDAY | {"foreign": HIDDEN}  # a record of Amara's caseload
CLINICAL = RECORD | {"desk": REFUSED}  # what was said, and whose work it is
TREATING = CLINICAL | {"supervisor": REFUSED}  # what was said in a session: the case's clinicians alone
CLINICIANS = EVERYDAY | {"desk": REFUSED}  # a clinician's own pages
DESK = staff(own=REFUSED, foreign=REFUSED, desk=ALLOWED, supervisor=REFUSED, admin=REFUSED)
MANAGERS = staff(own=REFUSED, foreign=REFUSED, desk=REFUSED, supervisor=REFUSED, admin=ALLOWED)
MINE = staff(own=ALLOWED, foreign=HIDDEN, desk=HIDDEN, supervisor=HIDDEN, admin=HIDDEN)  # not even Dana's
OVERSEERS = staff(own=REFUSED, foreign=REFUSED, desk=REFUSED, supervisor=ALLOWED, admin=ALLOWED)
SUPERVISORS = staff(own=REFUSED, foreign=REFUSED, desk=REFUSED, supervisor=ALLOWED, admin=REFUSED)
NOTHING_THERE = staff(own=HIDDEN, foreign=HIDDEN, desk=HIDDEN, supervisor=HIDDEN, admin=HIDDEN)


@dataclass(frozen=True)
class Route:
    """One address, and for each of its methods who may use it."""

    name: str
    of: str = ""
    GET: Audience | None = None
    POST: Audience | None = None
    PUT: Audience | None = None
    PATCH: Audience | None = None
    DELETE: Audience | None = None
    parts: dict[str, Any] = field(default_factory=dict)
    # Fields that a page's form cannot do without: the names of things.
    form: dict[str, str] = field(default_factory=dict)
    # Not our view: methods that are not named are its own affair.
    is_ours: bool = True

    @property
    def audiences(self) -> dict[str, Audience]:
        methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
        return {method: named for method in methods if (named := getattr(self, method))}


def allauth(name: str, audience: Audience, **parts: Any) -> Route:
    """A page of the sign-in library."""
    return Route(name, GET=audience, POST=audience, parts=parts, is_ours=False)


ENTRANCE = [
    Route("healthz", GET=PUBLIC, is_ours=False),
    allauth("account_login", PUBLIC),
    allauth("account_logout", SIGNED),
    allauth("account_inactive", PUBLIC),
    allauth("account_signup", PUBLIC),
    allauth("account_reset_password", PUBLIC),
    allauth("account_reset_password_done", PUBLIC),
    allauth("account_reset_password_from_key", PUBLIC, uidb36="1", key="x-y"),
    allauth("account_reset_password_from_key_done", PUBLIC),
    allauth("account_email_verification_sent", PUBLIC),
    allauth("account_confirm_email", SIGNED, key="x"),
    allauth("account_confirm_login_code", SIGNED),
    allauth("mfa_authenticate", SIGNED),
    allauth("mfa_login_webauthn", SIGNED),
    allauth("account_reauthenticate", ACCOUNT),
    allauth("account_email", ACCOUNT),
    allauth("account_change_password", ACCOUNT),
    allauth("account_set_password", ACCOUNT),
    allauth("mfa_index", ACCOUNT),
    allauth("mfa_reauthenticate", ACCOUNT),
    allauth("mfa_activate_totp", ACCOUNT),
    allauth("mfa_deactivate_totp", ACCOUNT),
    allauth("mfa_view_recovery_codes", ACCOUNT),
    allauth("mfa_generate_recovery_codes", ACCOUNT),
    allauth("mfa_download_recovery_codes", ACCOUNT),
    allauth("mfa_list_webauthn", ACCOUNT),
    allauth("mfa_add_webauthn", ACCOUNT),
    allauth("mfa_reauthenticate_webauthn", ACCOUNT),
    allauth("mfa_remove_webauthn", ACCOUNT, pk=1),
    allauth("mfa_edit_webauthn", ACCOUNT, pk=1),
    allauth("usersessions_list", ACCOUNT),
]

API = [
    Route("api:schema", GET=PUBLIC),
    Route("api:me", GET=TEAM),
    Route("api:tokens", GET=TEAM),
    Route("api:token", of="token", DELETE=MINE),
    Route("api:clinicians", GET=EVERYDAY),
    Route("api:clients", GET=EVERYDAY, POST=EVERYDAY),
    Route("api:client-search", POST=EVERYDAY),
    Route("api:client", of="client", GET=RECORD, PATCH=RECORD),
    Route("api:client-absence", of="client", PUT=RECORD, DELETE=RECORD),
    Route("api:client-departure", of="client", PUT=RECORD, DELETE=RECORD),
    Route("api:client-death", of="client", PUT=RECORD, DELETE=RECORD),
    Route("api:client-guardians", of="client", POST=RECORD),
    Route("api:guardianship", of="guardianship", DELETE=RECORD),
    Route("api:fee-terms", GET=TEAM, POST=MANAGERS),
    Route("api:client-fees", of="client", GET=RECORD),
    Route("api:client-fee-terms-told", of="client", POST=RECORD),
    Route("api:client-fee-exemption", of="client", PUT=RECORD, DELETE=RECORD),
    Route("api:participant-fee", of="participant", PUT=CLINICAL),
    Route("api:client-ways", of="client", GET=RECORD, PUT=RECORD),
    Route("api:client-contact-points", of="client", POST=RECORD),
    Route("api:contact-point", of="contact_point", PUT=RECORD, DELETE=RECORD),
    Route("api:consents", of="contact_point", POST=RECORD),
    Route("api:consent", of="contact_point", DELETE=RECORD, parts={"purpose": "appointments"}),
    Route("api:resources", GET=TEAM, POST=MANAGERS),
    Route("api:resource", of="resource", PUT=MANAGERS),
    Route("api:strategies", GET=TEAM, POST=MANAGERS),
    Route("api:strategy", of="strategy", PUT=MANAGERS),
    Route("api:referrals", GET=EVERYDAY, POST=EVERYDAY),
    Route("api:referral", of="referral", GET=RECORD | {"desk": HIDDEN}),
    Route("api:referral-steps", of="referral", POST=RECORD | {"desk": HIDDEN}),
    Route("api:agreed-strategies", GET=CLINICIANS, POST=CLINICIANS),
    Route("api:agreed-strategy", of="agreed", GET=CLINICAL),
    Route("api:agreed-strategy-ending", of="agreed", PUT=CLINICAL, DELETE=CLINICAL),
    Route("api:consequences", GET=CLINICIANS, POST=CLINICIANS),
    Route("api:barriers", GET=TEAM, POST=MANAGERS),
    Route("api:barrier", PUT=MANAGERS, parts={"code": "childcare"}),
    Route("api:cases", GET=EVERYDAY, POST=EVERYDAY),
    Route("api:case", of="case", GET=RECORD),
    Route("api:case-members", of="case", POST=RECORD),
    Route("api:case-closure", of="case", POST=CLINICAL, DELETE=CLINICAL),
    Route("api:membership", of="member", DELETE=RECORD),
    Route("api:member-plan", of="member", GET=TREATING, PUT=TREATING, DELETE=TREATING),
    Route("api:member-check-ins", of="member", GET=TREATING, PUT=TREATING, DELETE=TREATING),
    Route("api:check-ins-pause", of="check_in_plan", POST=TREATING, DELETE=TREATING),
    Route("api:stress-periods", of="check_in_plan", POST=TREATING),
    Route("api:stress-period", of="stress_period", DELETE=TREATING),
    Route("api:participant-fallback", of="participant", POST=RECORD),
    Route("api:fallback", of="fallback_use", DELETE=RECORD),
    Route("api:sessions", GET=EVERYDAY, POST=EVERYDAY),
    Route("api:session", of="session", GET=RECORD),
    Route("api:session-rescheduling", of="session", GET=RECORD, POST=RECORD),
    Route("api:session-setting", of="session", PUT=RECORD),
    Route("api:session-cancellation", of="session", POST=RECORD, DELETE=RECORD),
    Route("api:session-confirmation", of="session", POST=RECORD),
    Route("api:session-arrival", of="session", POST=RECORD),
    Route("api:session-participants", of="session", GET=RECORD, POST=RECORD),
    Route("api:participant-confirmation", of="participant", POST=RECORD, DELETE=RECORD),
    Route("api:participant-move-request", of="participant", POST=RECORD),
    Route("api:participant-arrival", of="participant", POST=RECORD, DELETE=RECORD),
    Route("api:participant-cancellation", of="participant", POST=RECORD, DELETE=RECORD),
    Route("api:series", POST=EVERYDAY),
    Route("api:slots", GET=EVERYDAY),
    Route("api:services", GET=EVERYDAY),
    Route("api:locations", GET=EVERYDAY),
    Route("api:rooms", GET=EVERYDAY),
    Route("api:closures", GET=TEAM),
    Route(
        "api:closed-day",
        of="location",
        GET=DESK | {"admin": ALLOWED},
        PUT=DESK | {"admin": ALLOWED},
        DELETE=DESK | {"admin": ALLOWED},
        parts={"day": "2036-12-25"},
    ),
    Route("api:board", GET=EVERYDAY),
    Route("api:participants", GET=EVERYDAY),
    Route("api:participant", of="participant", GET=RECORD),
    Route("api:attendance", of="participant", PUT=RECORD, DELETE=RECORD),
    Route("api:participant-barriers", of="participant", PUT=RECORD),
    Route("api:messages", GET=EVERYDAY),
    Route("api:message", of="message", GET=RECORD),
    Route("api:message-handover", of="message", PUT=RECORD, DELETE=RECORD),
    Route("api:inbox", GET=EVERYDAY),
    Route("api:inbound", of="inbound", GET=RECORD),
    Route("api:mandates", of="case", POST=CLINICAL),
    Route("api:mandate", of="mandate", GET=CLINICAL, PUT=CLINICAL),
    Route("api:mandate-ending", of="mandate", POST=CLINICAL, DELETE=CLINICAL),
    Route("api:reporting-dates", of="mandate", POST=CLINICAL),
    Route("api:disclosure-bases", of="mandate", POST=CLINICAL),
    Route("api:disclosures", of="mandate", POST=CLINICAL),
    Route("api:court-reports", of="mandate", POST=CLINICAL),
    Route("api:reporting-date-settlement", of="reporting_date", POST=CLINICAL, DELETE=CLINICAL),
    Route("api:report-exceptions", of="reporting_date", POST=SUPERVISORS),
    Route("api:disclosure-basis-ending", of="disclosure_basis", POST=CLINICAL),
    Route("api:court-report", of="court_report", GET=CLINICAL, PUT=CLINICAL),
    Route("api:court-report-approval", of="court_report", POST=CLINICAL),
    Route("api:court-report-signature", of="court_report", POST=TREATING),
    Route("api:court-report-disclosure", of="court_report", POST=CLINICAL),
    Route("api:court-report-paper", of="court_report", GET=CLINICAL),
    Route("api:case-together", of="case", GET=TREATING),
    Route("api:member-engagement", of="member", PUT=TREATING),
    Route("api:member-invitations", of="member", POST=TREATING),
    Route("api:member-later-options", of="member", POST=TREATING),
    Route("api:joint-invitation", of="invitation", GET=TREATING, PUT=TREATING),
    Route("api:joint-invitation-approval", of="invitation", POST=TREATING),
    Route("api:joint-invitation-giving", of="invitation", POST=TREATING),
    Route("api:later-option", of="later_option", PUT=TREATING, PATCH=TREATING),
    Route("api:protective-orders", of="client", GET=TREATING, POST=TREATING),
    Route("api:protective-order", of="protective_order", DELETE=TREATING),
    Route("api:joint-part", of="participant", GET=TREATING, PUT=TREATING),
    Route("api:joint-funnel", GET=CLINICIANS),
    Route("api:follow-ups", GET=EVERYDAY, POST=EVERYDAY),
    Route("api:follow-up", of="follow_up", GET=RECORD),
    Route("api:attempts", of="follow_up", GET=RECORD, POST=RECORD),
    Route("api:follow-up-closure", of="follow_up", POST=RECORD, DELETE=RECORD),
    Route("api:step-completion", of="follow_up", POST=RECORD),
    Route("api:step-omission", of="follow_up", POST=RECORD),
    Route("api:follow-up-snooze", of="follow_up", PUT=RECORD),
    Route("api:follow-up-owner", of="follow_up", PUT=RECORD),
    Route("api:follow-up-timeline", of="follow_up", GET=CLINICAL),
    Route("api:patterns", GET=EVERYDAY),
    Route("api:follow-up-review", of="follow_up", POST=CLINICAL),
    Route("api:review", of="review", GET=CLINICAL),
    Route("api:review-signature", of="review", POST=CLINICAL),
    Route("api:wellbeing-concerns", GET=CLINICIANS, POST=EVERYDAY),
    Route("api:wellbeing-concern", of="worry", GET=CLINICAL),
    Route("api:wellbeing-taking", of="worry", POST=CLINICAL),
    Route("api:wellbeing-outcome", of="worry", POST=CLINICAL),
    Route("api:docs", GET=PUBLIC),
]

# Pages of the staff, by area. One line a route.
TODAY: list[Route] = [
    Route("dashboard:today", GET=TEAM),
    Route("dashboard:today-day", GET=EVERYDAY),
]
BOARD: list[Route] = [
    Route("dashboard:board", GET=EVERYDAY),
    Route("dashboard:board-day", GET=EVERYDAY),
    Route("dashboard:not-recorded", GET=EVERYDAY),
    Route("dashboard:arrival", of="participant", POST=RECORD),
    Route("dashboard:arrival-undo", of="participant", POST=RECORD),
    Route("dashboard:outcome", of="participant", POST=RECORD),
    Route("dashboard:outcome-undo", of="participant", POST=RECORD),
    Route("dashboard:participant-cancellation", of="participant", POST=RECORD),
    Route("dashboard:cancellation-undo", of="participant", POST=RECORD),
    Route("dashboard:barriers", of="participant", POST=RECORD),
    Route("dashboard:all-here", of="session", POST=RECORD),
    Route("dashboard:all-here-undo", of="session", POST=RECORD),
    Route("dashboard:walk-in", GET=EVERYDAY, POST=EVERYDAY),
    Route("dashboard:walk-in-of", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:session-walk-in", of="session", GET=RECORD, POST=RECORD, form={"client": "client"}),
]
CLIENTS: list[Route] = [
    Route("dashboard:clients", GET=EVERYDAY, POST=EVERYDAY),
    Route("dashboard:client-new", GET=EVERYDAY, POST=EVERYDAY),
    Route("dashboard:client", of="client", GET=RECORD),
    Route("dashboard:client-details", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:doubles", GET=EVERYDAY),
    Route("dashboard:double-choice", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:merging", of="client", GET=RECORD, POST=RECORD, parts={"other_id": "ward"}),
    Route("dashboard:parting", of="merge", GET=RECORD, POST=RECORD),
    Route("dashboard:fees", of="client", GET=RECORD),
    Route("dashboard:fee-terms-told", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:fee-exemption", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:fee-exemption-ending", of="client", POST=RECORD),
    Route("dashboard:fee-charge", of="participant", POST=CLINICAL),
    Route("dashboard:fee-waiver", of="participant", POST=CLINICAL),
    Route("dashboard:contact-new", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:contact", of="contact_point", GET=RECORD, POST=RECORD),
    Route("dashboard:ways", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:contact-ending", of="contact_point", POST=RECORD),
    Route("dashboard:consents", of="contact_point", POST=RECORD),
    Route("dashboard:safe-contact", of="client", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:safety", of="client", GET=TREATING, POST=TREATING),
    Route("dashboard:guardian-new", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:guardianship-ending", of="guardianship", POST=RECORD),
    Route("dashboard:away", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:coming-back", of="client", POST=RECORD),
    Route("dashboard:more-reminders", of="client", POST=RECORD),
    Route("dashboard:leaving", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:death", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:returning", of="client", POST=RECORD),
    Route("dashboard:case-new", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:case", of="case", GET=RECORD),
    Route("dashboard:presenting-issues", of="case", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:confidentiality", of="case", GET=CLINICAL, POST=TREATING),
    Route("dashboard:record-request-new", of="case", GET=RECORD, POST=RECORD),
    Route("dashboard:record-request", of="record_request", GET=TREATING, POST=TREATING),
    Route("dashboard:case-closing", of="case", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:case-reopening", of="case", POST=CLINICAL),
    Route("dashboard:member-new", of="case", GET=RECORD, POST=RECORD),
    Route("dashboard:membership-ending", of="member", POST=RECORD),
    Route("dashboard:check-ins", of="member", GET=TREATING, POST=TREATING),
    Route("dashboard:check-ins-pausing", of="check_in_plan", POST=TREATING),
    Route("dashboard:check-ins-ending", of="check_in_plan", POST=TREATING),
    Route("dashboard:stress-new", of="check_in_plan", GET=TREATING, POST=TREATING),
    Route("dashboard:stress-ending", of="stress_period", POST=TREATING),
    Route("dashboard:check-in-call", of="check_in_plan", POST=TREATING),
    Route("dashboard:plan", of="member", GET=TREATING, POST=TREATING),
    Route("dashboard:plan-ending", of="member", POST=TREATING),
    Route("dashboard:away-support-settling", of="away_support", POST=CLINICAL),
]
PARTNERS: list[Route] = [
    Route("dashboard:together", of="case", GET=TREATING),
    Route("dashboard:joint-funnel", GET=CLINICIANS),
    Route("dashboard:joint-record", of="session", GET=TREATING),
    Route("dashboard:joint-shared", of="session", GET=TREATING),
    Route("dashboard:joint-part", of="participant", POST=TREATING),
    Route("dashboard:engagement", of="member", GET=TREATING, POST=TREATING),
    Route("dashboard:protective-order-new", of="client", GET=TREATING, POST=TREATING),
    Route("dashboard:protective-order-ending", of="protective_order", POST=TREATING),
    Route("dashboard:joint-invitation-new", of="member", GET=TREATING, POST=TREATING),
    Route("dashboard:joint-invitation", of="invitation", GET=TREATING),
    Route("dashboard:joint-invitation-words", of="invitation", GET=TREATING, POST=TREATING),
    Route("dashboard:joint-invitation-approval", of="invitation", POST=TREATING),
    Route("dashboard:joint-invitation-giving", of="invitation", POST=TREATING),
    Route("dashboard:joint-invitation-paper", of="invitation", GET=TREATING),
    Route("dashboard:joint-invitation-print", of="invitation", GET=TREATING),
    Route("dashboard:later-option-new", of="member", GET=TREATING, POST=TREATING),
    Route("dashboard:later-option", of="later_option", GET=TREATING, POST=TREATING),
    Route("dashboard:later-option-state", of="later_option", POST=TREATING),
]
HELP: list[Route] = [
    Route("dashboard:referrals", GET=EVERYDAY),
    Route("dashboard:referral-new", of="client", GET=RECORD, POST=RECORD),
    # Not practical, so there is nothing for the desk.
    Route("dashboard:referral", of="referral", GET=RECORD | {"desk": HIDDEN}, POST=RECORD | {"desk": HIDDEN}),
    Route("dashboard:agreement-new", of="client", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:agreement", of="agreed", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:agreement-taking-up", of="agreed", POST=CLINICAL),
    Route("dashboard:consequences-new", of="client", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:in-the-way", of="participant", GET=RECORD, POST=RECORD),
    Route("dashboard:in-the-way-offers", of="participant", POST=RECORD),
    Route("dashboard:follow-up-help", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-offers", of="follow_up", POST=RECORD),
]
COURT: list[Route] = [
    Route("dashboard:mandate-new", of="case", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:mandate", of="mandate", GET=CLINICAL),
    Route("dashboard:mandate-details", of="mandate", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:mandate-ending", of="mandate", POST=CLINICAL),
    Route("dashboard:mandate-taking-up", of="mandate", POST=CLINICAL),
    Route("dashboard:reporting-dates", of="mandate", POST=CLINICAL),
    Route("dashboard:reporting-date-settling", of="reporting_date", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:reporting-date-reopening", of="reporting_date", POST=CLINICAL),
    Route("dashboard:disclosure-consent-new", of="mandate", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:disclosure-order-new", of="mandate", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:disclosure-new", of="mandate", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:report-exception-new", of="reporting_date", GET=SUPERVISORS, POST=SUPERVISORS),
    Route("dashboard:disclosure-basis-ending", of="disclosure_basis", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:court-report-new", of="mandate", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:court-report", of="court_report", GET=CLINICAL),
    Route("dashboard:court-report-words", of="court_report", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:court-report-paper", of="court_report", GET=CLINICAL),
    Route("dashboard:court-report-approval", of="court_report", POST=CLINICAL),
    Route("dashboard:court-report-signature", of="court_report", POST=TREATING),
    Route("dashboard:court-report-disclosure", of="court_report", POST=CLINICAL),
]
CALENDAR: list[Route] = [
    Route("dashboard:calendar", GET=EVERYDAY),
    Route("dashboard:calendar-entries", GET=EVERYDAY),
    Route("dashboard:booking", GET=EVERYDAY, POST=EVERYDAY),
    Route("dashboard:session", of="session", GET=RECORD),
    Route("dashboard:rescheduling", of="session", GET=RECORD, POST=RECORD),
    Route("dashboard:moving", of="session", GET=RECORD, POST=RECORD),
    Route("dashboard:moving-undo", of="session", POST=RECORD),
    Route("dashboard:session-setting", of="session", GET=RECORD, POST=RECORD),
    Route("dashboard:cancellation", of="session", GET=RECORD, POST=RECORD),
    Route("dashboard:reinstatement", of="session", POST=RECORD),
    Route("dashboard:holding", of="session", POST=TREATING),
    Route("dashboard:fallback", of="participant", POST=RECORD),
    Route("dashboard:fallback-undo", of="fallback_use", POST=RECORD),
    Route("dashboard:outreach", of="session", POST=TREATING),
    Route("dashboard:absence-cancellation", of="session", GET=TREATING, POST=TREATING),
    Route("dashboard:held", of="session", GET=TREATING),
    Route("dashboard:reassurance", of="session", POST=TREATING),
    Route("dashboard:held-part", of="participant", POST=TREATING),
    Route("dashboard:concern-new", of="participant", POST=TREATING),
    Route("dashboard:concern", of="concern", POST=TREATING),
    Route("dashboard:closure-new", GET=DESK | {"admin": ALLOWED}, POST=DESK | {"admin": ALLOWED}),
    Route("dashboard:closure", of="location", GET=DESK, parts={"day": "2026-11-16"}),
    Route("dashboard:absence-new", GET=EVERYDAY, POST=EVERYDAY),
    Route("dashboard:waitlist", GET=EVERYDAY),
    Route("dashboard:waiting", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:waiting-ending", of="waiting", POST=RECORD),
    Route("dashboard:vacancy-release", of="vacancy", POST=RECORD),
    Route("dashboard:offer-withdrawal", of="offer", POST=RECORD),
    Route("dashboard:absence", of="clinician", GET=EVERYDAY, parts={"day": "2026-11-16"}),
]
FOLLOW_UPS: list[Route] = [
    Route("dashboard:follow-ups", GET=EVERYDAY),
    Route("dashboard:follow-up-changes", GET=EVERYDAY),
    Route("dashboard:follow-up", of="follow_up", GET=RECORD),
    Route("dashboard:follow-up-attempts", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-row-call", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-row-call-undo", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-row-due", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-row-owner", of="follow_up", POST=RECORD),
    Route("dashboard:own-absence", GET=EVERYDAY, POST=EVERYDAY),
    Route("dashboard:own-return", POST=EVERYDAY),
    Route("dashboard:follow-up-due", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-owner", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-step", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-text", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-leaving-out", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-closing", of="follow_up", POST=RECORD),
    Route("dashboard:follow-up-reopening", of="follow_up", POST=RECORD),
    Route("dashboard:worry-new", of="client", GET=RECORD, POST=RECORD),
    Route("dashboard:worry", of="worry", GET=CLINICAL),
    Route("dashboard:worry-taking", of="worry", POST=CLINICAL),
    Route("dashboard:worry-outcome", of="worry", POST=CLINICAL),
    Route("dashboard:pattern-talk", of="follow_up", GET=CLINICAL),
    Route("dashboard:pattern-talk-notes", of="follow_up", POST=CLINICAL),
    Route("dashboard:cost-of-misses", of="follow_up", POST=CLINICAL),
    Route("dashboard:private-words", of="follow_up", POST=CLINICAL),
    Route("dashboard:consultation-new", of="follow_up", POST=CLINICAL),
    Route("dashboard:consultation", of="consultation", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:rhythm", of="follow_up", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:review-new", of="follow_up", POST=CLINICAL),
    Route("dashboard:review", of="review", GET=CLINICAL, POST=CLINICAL),
    Route("dashboard:review-letter", of="review", GET=CLINICAL),
]
MESSAGES: list[Route] = [
    Route("dashboard:messages", GET=EVERYDAY, POST=EVERYDAY),
    Route("dashboard:message-resending", of="message", POST=RECORD),
    Route("dashboard:message-decision", of="message", POST=RECORD),
    Route("dashboard:message-dismissal", of="message", POST=RECORD),
    Route("dashboard:message-handover", of="message", GET=RECORD, POST=RECORD),
    Route("dashboard:message-handover-end", of="message", POST=RECORD),
    Route("dashboard:channel-resumption", POST=DESK, parts={"channel": "sms"}),
    Route("dashboard:inbox", GET=EVERYDAY),
    Route("dashboard:inbound-resolution", of="inbound", POST=RECORD),
    Route("dashboard:inbound-sender", of="inbound", GET=RECORD, POST=RECORD),
    Route("dashboard:calls", GET=EVERYDAY),
    Route("dashboard:forecast", GET=EVERYDAY),
    Route("dashboard:call-done", of="message", POST=RECORD),
    Route("dashboard:health", GET=OVERSEERS),
    Route("dashboard:numbers", GET=EVERYDAY),
    Route("dashboard:number-mended", of="contact_point", POST=RECORD),
    Route("dashboard:alerts", GET=EVERYDAY),
    Route("dashboard:thread", of="client", GET=RECORD),
    Route("dashboard:own-words", of="client", POST=RECORD),
]
REPORTS: list[Route] = [
    Route("dashboard:reports", GET=TEAM),
    Route("dashboard:report-attendance", GET=TEAM),
    Route("dashboard:report-attendance-sheet", GET=TEAM, parts={"name": "months"}),
    Route("dashboard:report-when", GET=TEAM),
    Route("dashboard:report-when-sheet", GET=TEAM, parts={"name": "week"}),
    Route("dashboard:report-reminders", GET=TEAM),
    Route("dashboard:report-reminders-sheet", GET=TEAM, parts={"name": "ways"}),
    Route("dashboard:report-barriers", GET=CLINICIANS),
    Route("dashboard:report-barriers-sheet", GET=CLINICIANS, parts={"name": "barriers"}),
    Route("dashboard:report-together", GET=CLINICIANS),
    Route("dashboard:report-together-sheet", GET=CLINICIANS, parts={"name": "funnel"}),
    Route("dashboard:report-court", GET=CLINICIANS),
    Route("dashboard:report-court-sheet", GET=CLINICIANS, parts={"name": "lapses"}),
    Route("dashboard:report-freed", GET=TEAM),
    Route("dashboard:report-freed-sheet", GET=TEAM, parts={"name": "months"}),
    Route("dashboard:report-costs", GET=OVERSEERS),
    Route("dashboard:report-costs-sheet", GET=OVERSEERS, parts={"name": "fees-age"}),
    Route("dashboard:report-after-a-miss", GET=TEAM | {"desk": REFUSED}),
    Route("dashboard:report-after-a-miss-sheet", GET=TEAM | {"desk": REFUSED}, parts={"name": "calls"}),
]
STAFF: list[Route] = [
    Route("dashboard:staff", GET=MANAGERS),
    Route("dashboard:invitation", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:colleague", of="colleague", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:password-link", of="colleague", POST=MANAGERS),
    Route("dashboard:second-step-reset", of="colleague", POST=MANAGERS),
    Route("dashboard:deactivation", of="colleague", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:reactivation", of="colleague", POST=MANAGERS),
]
A_WORDING = {"key": "reminder", "language": "en", "channel": "sms"}
A_PROTOCOL = {"code": "single_missed"}
SETTINGS: list[Route] = [
    Route("dashboard:settings", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:first-steps", GET=MANAGERS),
    Route("dashboard:first-step", GET=MANAGERS, POST=MANAGERS, parts={"code": "place"}),
    Route("dashboard:imports", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:import", of="import", GET=MANAGERS),
    Route("dashboard:import-columns", of="import", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:import-meanings", of="import", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:import-trial", of="import", POST=MANAGERS),
    Route("dashboard:import-run", of="import", POST=MANAGERS),
    Route("dashboard:import-progress", of="import", GET=MANAGERS),
    Route("dashboard:import-refused", of="import", GET=MANAGERS, parts={"kind": "clients"}),
    Route("dashboard:import-removal", of="import", POST=MANAGERS),
    Route("dashboard:sending-pause", POST=MANAGERS),
    Route("dashboard:sending-resumption", POST=MANAGERS),
    Route("dashboard:fee-terms", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:agreements", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:agreement-end", of="agreement", POST=MANAGERS),
    Route("dashboard:senders", GET=MANAGERS),
    Route("dashboard:sender-rate", POST=MANAGERS, parts={"channel": "sms"}),
    Route("dashboard:places", GET=MANAGERS),
    Route("dashboard:new-place", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:place", of="location", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:place-retirement", of="location", POST=MANAGERS),
    Route("dashboard:place-restoration", of="location", POST=MANAGERS),
    Route("dashboard:new-room", of="location", POST=MANAGERS),
    Route("dashboard:reopening", of="location", POST=MANAGERS, parts={"day": "2036-12-25"}),
    Route("dashboard:room", of="room", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:room-retirement", of="room", POST=MANAGERS),
    Route("dashboard:room-restoration", of="room", POST=MANAGERS),
    Route("dashboard:services", GET=MANAGERS),
    Route("dashboard:new-service", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:service", of="service", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:service-retirement", of="service", POST=MANAGERS),
    Route("dashboard:service-restoration", of="service", POST=MANAGERS),
    Route("dashboard:hours", GET=MANAGERS),
    Route("dashboard:clinician-hours", of="clinician", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:window", of="hours", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:window-removal", of="hours", POST=MANAGERS),
    Route("dashboard:time-off-cancellation", of="time_off", POST=MANAGERS),
    Route("dashboard:reminder-rules", GET=MANAGERS),
    Route("dashboard:new-reminder-rule", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:reminder-rule", of="rule", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:rule-reach", POST=MANAGERS),
    Route("dashboard:following", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:new-pattern", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:pattern", of="pattern", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:pattern-removal", of="pattern", POST=MANAGERS),
    Route("dashboard:wordings", GET=MANAGERS),
    Route("dashboard:wording", GET=MANAGERS, POST=MANAGERS, parts=A_WORDING),
    Route("dashboard:wording-preview", POST=MANAGERS, parts=A_WORDING),
    Route("dashboard:wording-restoration", POST=MANAGERS, parts=A_WORDING),
    Route("dashboard:wording-trial", POST=MANAGERS, parts=A_WORDING),
    Route("dashboard:trial", of="trial", GET=MANAGERS),
    Route("dashboard:protocols", GET=MANAGERS),
    Route("dashboard:protocol", GET=MANAGERS, POST=MANAGERS, parts=A_PROTOCOL),
    Route("dashboard:protocol-restoration", POST=MANAGERS, parts=A_PROTOCOL),
    Route("dashboard:help-settings", GET=MANAGERS),
    Route("dashboard:new-resource", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:resource", of="resource", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:new-strategy", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:strategy", of="strategy", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:new-barrier", GET=MANAGERS, POST=MANAGERS),
    Route("dashboard:own-barrier", GET=MANAGERS, POST=MANAGERS, parts={"code": "childcare"}),
    Route("dashboard:own-density", POST=TEAM),
    Route("dashboard:signed-in", GET=TEAM),
    Route("dashboard:own-language", GET=TEAM, POST=TEAM),
    Route("dashboard:keys", GET=TEAM, POST=TEAM),
    Route("dashboard:key-revocation", of="token", POST=MINE),
]

# Clients have no account: the signed link in the address is all. A forged one here; tests/portal has
# links of every other kind, and says what each opens.
LINK = {"token": "forged"}
PORTAL: list[Route] = [
    Route("portal:time", parts=LINK, GET=SIGNED),
    Route("portal:confirmation", parts=LINK, POST=SIGNED),
    Route("portal:mode", parts=LINK, POST=SIGNED),
    Route("portal:calendar", parts=LINK, GET=SIGNED),
    Route("portal:another-time", parts=LINK, GET=SIGNED, POST=SIGNED),
    Route("portal:move-request", parts=LINK, GET=SIGNED, POST=SIGNED),
    Route("portal:cancellation", parts=LINK, GET=SIGNED, POST=SIGNED),
    Route("portal:reinstatement", parts=LINK, POST=SIGNED),
    Route("portal:worry", parts=LINK, GET=SIGNED, POST=SIGNED),
    Route("portal:reach", parts=LINK, GET=SIGNED, POST=SIGNED),
    Route("portal:stop", parts=LINK, GET=SIGNED, POST=SIGNED),
    Route("portal:done", parts=LINK, GET=SIGNED),
    Route("portal:offer", parts=LINK, GET=SIGNED),
    Route("portal:taking", parts=LINK, POST=SIGNED),
    Route("portal:declining", parts=LINK, POST=SIGNED),
]

# What providers open: each checks its own signature.
OUTSIDE: list[Route] = [
    Route("readyz", GET=SIGNED, is_ours=False),
    Route("metrics", GET=SIGNED, is_ours=False),
    Route("email-tracking", parts={"provider": "postmark"}, POST=SIGNED),
    Route("twilio-inbound", POST=SIGNED),
    Route("twilio-status", of="session", POST=SIGNED),
    Route("twilio-call-words", of="session", POST=SIGNED),
    Route("twilio-call-keys", of="session", POST=SIGNED),
    Route("twilio-call-status", of="session", POST=SIGNED),
]

ROUTES: list[Route] = [
    *ENTRANCE,
    *API,
    *TODAY,
    *BOARD,
    *CLIENTS,
    *PARTNERS,
    *COURT,
    *HELP,
    *CALENDAR,
    *FOLLOW_UPS,
    *MESSAGES,
    *REPORTS,
    *STAFF,
    *SETTINGS,
    *PORTAL,
    *OUTSIDE,
]


@dataclass(frozen=True)
class ForeignId:
    """A field that can name a record: with one of Amara's, Luis must get nowhere."""

    route: str
    method: str
    key: str
    of: str
    on: str = ""  # what the address itself names: one of Luis's own
    body: dict[str, Any] = field(default_factory=dict)


# Ids in the body. Luis's own things are called "his_…".
FOREIGN_IN_BODY: list[ForeignId] = [
    ForeignId("api:sessions", "POST", "case", of="case"),
    ForeignId("api:sessions", "POST", "clients", of="client"),
    ForeignId("api:series", "POST", "case", of="case"),
    ForeignId("api:session-confirmation", "POST", "participant", of="participant", on="his_session"),
    ForeignId("api:session-participants", "POST", "client", of="client", on="his_session"),
    ForeignId("api:case-members", "POST", "client", of="client", on="his_case"),
    ForeignId("api:follow-ups", "POST", "client", of="client"),
    ForeignId("api:follow-ups", "POST", "case", of="case"),
    ForeignId("api:referrals", "POST", "client", of="client"),
    ForeignId("api:referrals", "POST", "case", of="case"),
    ForeignId("api:agreed-strategies", "POST", "client", of="client"),
    ForeignId("api:agreed-strategies", "POST", "case", of="case"),
    ForeignId("api:consequences", "POST", "client", of="client"),
    ForeignId("api:consequences", "POST", "case", of="case"),
    ForeignId("api:mandates", "POST", "client", of="client", on="his_case"),
    ForeignId("api:member-invitations", "POST", "asker", of="client", on="his_member"),
    ForeignId("api:protective-orders", "POST", "other", of="client", on="his_client"),
    ForeignId("api:wellbeing-concerns", "POST", "client", of="client"),
    ForeignId("api:wellbeing-concerns", "POST", "case", of="case"),
    ForeignId("dashboard:inbound-sender", "POST", "client", of="client", on="his_inbound"),
]
# Ids in the query: the answer holds nothing of Amara's.
FOREIGN_IN_QUERY: list[ForeignId] = [
    ForeignId("api:clients", "GET", "case", of="case"),
    ForeignId("api:cases", "GET", "client", of="client"),
    ForeignId("api:cases", "GET", "clinician", of="clinician"),
    ForeignId("api:sessions", "GET", "case", of="case"),
    ForeignId("api:sessions", "GET", "client", of="client"),
    ForeignId("api:sessions", "GET", "clinician", of="clinician"),
    ForeignId("api:participants", "GET", "client", of="client"),
    ForeignId("api:participants", "GET", "session", of="session"),
    ForeignId("api:participants", "GET", "clinician", of="clinician"),
    ForeignId("api:board", "GET", "clinician", of="clinician"),
    ForeignId("api:messages", "GET", "recipient", of="client"),
    ForeignId("api:messages", "GET", "session", of="session"),
    ForeignId("api:inbox", "GET", "client", of="client"),
    ForeignId("api:follow-ups", "GET", "client", of="client"),
    ForeignId("api:referrals", "GET", "client", of="client"),
    ForeignId("api:referrals", "GET", "case", of="case"),
    ForeignId("api:agreed-strategies", "GET", "client", of="client"),
    ForeignId("api:consequences", "GET", "client", of="client"),
    ForeignId("api:consequences", "GET", "case", of="case"),
    ForeignId("dashboard:booking", "GET", "case", of="case"),
]
