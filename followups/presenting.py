"""What a person may read of a follow-up: one wall for pages and API alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_noop

from accounts.clock import clock
from accounts.models import Practice, User
from accounts.roles import May
from accounts.services import get_practice
from accounts.shipped_words import as_shipped
from clients.models import Client, Mandate
from followups.access import clinical_ids, follow_ups_visible_to
from followups.court_talks import orders_of
from followups.gates import Ground, ground_of, reaching_a_partner_waits_for_the_screen, what_opens
from followups.models import (
    CONTACT_KINDS,
    AttemptChannel,
    ContactAttempt,
    CourtTalk,
    FollowUp,
    FollowUpCause,
    FollowUpStep,
    ProtocolCode,
    StepKind,
    StepPlan,
)
from followups.scripts import Cast, Script, fill, spoken_day, title
from followups.standing_in import back_on
from sessions_app.models import Participant

ASK_FOR_A_GOOD_TIME = {
    "en": (
        "Hi, it's {clinician}. Is this {name}? Can you talk freely? "
        "Your clinician would like to hear how you are. When is a good time to call?"
    ),
    "es": (
        "Hola, le habla {clinician}. ¿Hablo con {name}? ¿Puede hablar con libertad? "
        "Su terapeuta quisiera saber cómo está. ¿Cuándo es buen momento para llamar?"
    ),
}
PLEASE_CALL = StepPlan(
    kind=StepKind.CALL,
    title=gettext_noop("Please call {name}"),
    opening=ASK_FOR_A_GOOD_TIME,
    listen=gettext_noop("Only when it suits them, and at which number."),
    later=gettext_noop("Note the time; their clinician calls."),
)

# What invites somebody to talk together, or back to it: shown to nobody while it is locked (row 5.2).
JOINT_PROMPTS = (StepKind.JOINT_OFFER, StepKind.TEXT)
ASK_FIRST = gettext_noop("Please ask their clinician before you call.")


@dataclass(frozen=True, kw_only=True)
class Talk:
    """That somebody tried to talk with them, and how it went; never what was said."""

    follow_up_id: UUID
    at: datetime
    by: str
    channel: str
    channel_label: str
    result_label: str


@dataclass(frozen=True, kw_only=True)
class PresentedAttempt:
    """One attempt, without what this reader may not read."""

    public_id: UUID
    at: datetime
    by: str
    channel: str
    channel_label: str
    result: str
    result_label: str
    next_step_label: str
    barriers: tuple[str, ...]
    client_words: str
    words_are_hidden: bool
    talk: CourtTalk | None  # for who may read the order


@dataclass(frozen=True, kw_only=True)
class PresentedStep:
    """One step of the ladder: taken, current or ahead; `lock` says what opens it."""

    position: int
    title: str
    kind: str
    state: str  # done, skipped, current, ahead
    due_at: datetime | None
    note: str
    lock: str


@dataclass(frozen=True, kw_only=True)
class PresentedCause:
    """One reason for the follow-up, in words."""

    words: str
    protocol_name: str
    occurred_at: datetime
    is_withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """A follow-up as one line of a list."""

    follow_up: FollowUp
    public_id: UUID
    client: Client
    heading: str
    reason: str
    protocol_name: str  # empty where the cause is not this reader's
    is_clinical: bool  # whether the reader may read cause and words
    is_at_risk: bool  # leads with a worry about wellbeing; never said behind the wall
    state: str
    due_at: datetime | None
    is_overdue: bool
    is_away: bool
    owner_name: str
    back_on: date | None  # when the owner is back, who is away today; None where they are here
    step_kind: str  # as Presented has it
    step_line: str
    closed_because: str
    is_walled: bool  # only "please call" is shown


@dataclass(frozen=True, kw_only=True)
class Presented:
    """A follow-up as its own page or API resource shows it."""

    row: Row
    script: Script | None
    step_kind: str  # "" where no step waits; "call" behind the wall
    is_contact: bool  # the step is taken by logging an attempt
    lock: str
    steps: tuple[PresentedStep, ...]
    attempts: tuple[PresentedAttempt, ...]
    causes: tuple[PresentedCause, ...]  # empty behind the wall
    is_walled: bool  # only "please call" is shown
    may_close: bool
    may_complete: bool
    report_due_on: date | None
    mandate: Mandate | None  # the court's order that leads, for who may read it


def present_rows(user: User, follow_ups: Iterable[FollowUp], *, now: datetime) -> list[Row]:
    """Lines of a list for this reader; load them with `.with_people()`. Three queries in all."""
    listed = list(follow_ups)
    clinical = clinical_ids(user, listed)
    practice = get_practice()
    back = back_on(user, listed, today=practice.today(now), zone=practice.zone)
    return [_row(one, _Reader(user, one.pk in clinical, practice, now, back)) for one in listed]


def present(user: User, follow_up: FollowUp, *, now: datetime) -> Presented:
    """One follow-up with script, ladder and attempts, as far as this reader may read them."""
    is_clinical = follow_up.pk in clinical_ids(user, [follow_up])
    practice = get_practice()
    back = back_on(user, [follow_up], today=practice.today(now), zone=practice.zone)
    reader = _Reader(user, is_clinical, practice, now, back)
    step, plan = _shown_step(follow_up, reader)
    walled = reader.is_walled(follow_up)
    mandate = _mandate(follow_up) if is_clinical else None
    ground = ground_of(follow_up)
    lock = _shown_lock(step, follow_up, mandate, ground, walled=walled)
    closes = not walled and user.may(
        May.CLOSE_SENSITIVE if follow_up.protocol.is_sensitive else May.FOLLOW_UP
    )
    return Presented(
        row=_row(follow_up, reader),
        script=_script(follow_up, plan, reader, ground),
        step_kind=plan.kind if plan else "",
        is_contact=plan is not None and plan.kind in CONTACT_KINDS,
        lock=lock,
        steps=() if walled else _ladder(follow_up, mandate, ground),
        attempts=tuple(_attempt(one, reader, walled=walled) for one in follow_up.attempts.all()),
        causes=() if walled else tuple(_cause(one, reader) for one in follow_up.causes.all()),
        is_walled=walled,
        may_close=closes,
        may_complete=closes and plan is not None and plan.kind not in CONTACT_KINDS,
        report_due_on=mandate.report_due_on if mandate else None,
        mandate=mandate,
    )


def _shown_lock(
    step: FollowUpStep | None, follow_up: FollowUp, mandate: Mandate | None, ground: Ground, *, walled: bool
) -> str:
    """What holds the current step. Behind the wall it says whom to ask, and never why."""
    if step is None:
        return ""
    if walled:
        return gettext(ASK_FIRST) if reaching_a_partner_waits_for_the_screen(ground) else ""
    return _lock(step.kind, follow_up, mandate, ground)


def order_leading(user: User, follow_up: FollowUp) -> Mandate | None:
    """The court's order that leads this follow-up, for who may read it; None for everybody else."""
    return _mandate(follow_up) if clinical_ids(user, [follow_up]) else None


@dataclass(frozen=True)
class _Reader:
    user: User
    is_clinical: bool
    practice: Practice
    now: datetime
    back: dict[int, date]  # by owner

    def is_walled(self, follow_up: FollowUp) -> bool:
        """The cause of a sensitive one is for its clinicians and their supervisors."""
        return follow_up.protocol.is_sensitive and not self.is_clinical


def _row(follow_up: FollowUp, reader: _Reader) -> Row:
    walled = reader.is_walled(follow_up)
    _, plan = _shown_step(follow_up, reader)
    return Row(
        follow_up=follow_up,
        public_id=follow_up.public_id,
        client=follow_up.client,
        heading=_heading(follow_up, reader),
        reason=_reason(follow_up, reader),
        protocol_name="" if walled else gettext(follow_up.protocol.name),
        is_clinical=reader.is_clinical,
        is_at_risk=not walled and follow_up.protocol.code == ProtocolCode.AT_RISK,
        state=follow_up.state,
        due_at=follow_up.due_at,
        is_overdue=follow_up.due_at is not None and follow_up.due_at < reader.now,
        is_away=follow_up.client.is_away(reader.practice.today(reader.now)),
        owner_name=follow_up.owner.name if follow_up.owner else follow_up.get_owner_role_display(),
        back_on=reader.back.get(follow_up.owner_id or 0),
        step_kind=plan.kind if plan else "",
        step_line="" if walled else _step_line(follow_up),
        closed_because="" if walled else as_shipped(follow_up.closed_because),
        is_walled=walled,
    )


def _shown_step(follow_up: FollowUp, reader: _Reader) -> tuple[FollowUpStep | None, StepPlan | None]:
    step = follow_up.current_step
    if step is None:
        return None, None
    if reader.is_walled(follow_up):
        return step, PLEASE_CALL
    # The version is the follow-up's own unless another protocol took over since.
    plan = follow_up.protocol_version.step_at(step.position)
    return step, plan


def _script(follow_up: FollowUp, plan: StepPlan | None, reader: _Reader, ground: Ground) -> Script | None:
    """The words of the step; none that invites a couple where the screen does not allow it."""
    if plan is None:
        return None
    if plan.kind in JOINT_PROMPTS and ground.is_of_a_partner and what_opens(plan.kind, ground):
        return None
    return fill(plan, _cast(follow_up, plan, reader), reader.now)


def _heading(follow_up: FollowUp, reader: _Reader) -> str:
    name = follow_up.client.called
    _, plan = _shown_step(follow_up, reader)
    if plan:
        return title(plan, name)
    if follow_up.is_open and not reader.is_walled(follow_up):
        return gettext("Decide with %(name)s what comes next") % {"name": name}
    return follow_up.client.display_name


def _step_line(follow_up: FollowUp) -> str:
    step = follow_up.current_step
    if step is None:
        return ""
    return gettext("Step %(number)s of %(count)s") % {
        "number": step.position,
        "count": len(follow_up.protocol_version.steps),
    }


def _reason(follow_up: FollowUp, reader: _Reader) -> str:
    if reader.is_walled(follow_up):
        if not follow_up.owner:
            return gettext("Their clinician would like to speak with them.")
        return gettext("%(name)s would like to speak with them.") % {"name": follow_up.owner.name}
    absent = [cause for cause in follow_up.causes.all() if cause.participant and not cause.withdrawn_at]
    if not absent:
        by_hand = [cause for cause in follow_up.causes.all() if not cause.withdrawn_at]
        return gettext("A colleague asked for it.") if by_hand else gettext("The record was corrected since.")
    latest = max(absent, key=lambda cause: (cause.occurred_at, cause.protocol.rank))
    return f"{_what_happened(latest, reader)}{_how_often(follow_up, absent)}."


def _cause(cause: FollowUpCause, reader: _Reader) -> PresentedCause:
    return PresentedCause(
        words=_what_happened(cause, reader) if cause.participant else gettext("A colleague asked for it"),
        protocol_name=gettext(cause.protocol.name),
        occurred_at=cause.occurred_at,
        is_withdrawn=cause.withdrawn_at is not None,
    )


def _what_happened(cause: FollowUpCause, reader: _Reader) -> str:
    assert cause.participant  # noqa: S101  # absences only
    session = cause.participant.session
    day = spoken_day(session.starts_at, reader.now, session.zone, get_language() or "en")
    facts = {"day": day.removeprefix("on "), "at": clock(session.starts_at.astimezone(session.zone))}
    if cause.protocol.code == ProtocolCode.LATE_CANCELLATION:
        return gettext("They let us know late that %(day)s at %(at)s would not work") % facts
    return gettext("We missed each other %(day)s at %(at)s") % {**facts, "day": day}


def _how_often(follow_up: FollowUp, causes: list[FollowUpCause]) -> str:
    times = len({cause.participant_id for cause in causes})
    if times > 1:
        return gettext("; %(times)s times in this follow-up") % {"times": times}
    return (
        gettext("; not for the first time")
        if follow_up.protocol.code == ProtocolCode.REPEATED_NO_SHOWS
        else ""
    )


def _cast(follow_up: FollowUp, plan: StepPlan | None, reader: _Reader) -> Cast:
    invites = plan is not None and any("{next}" in words for words in plan.opening.values())
    return Cast(
        caller=reader.user.name,
        name=follow_up.client.called,
        language=follow_up.client.language,
        practice=reader.practice,
        missed_at=_missed_at(follow_up),
        zone=_zone(follow_up, reader.practice),
        next_at=_next_time(follow_up, reader.now) if invites else None,
    )


def _missed_at(follow_up: FollowUp) -> datetime | None:
    """The session that the latest cause is about, not the moment of its cancellation."""
    latest = _latest_absence(follow_up)
    return latest.session.starts_at if latest else None


def _zone(follow_up: FollowUp, practice: Practice) -> ZoneInfo:
    latest = _latest_absence(follow_up)
    return latest.session.zone if latest else practice.zone


def _latest_absence(follow_up: FollowUp) -> Participant | None:
    causes = [cause for cause in follow_up.causes.all() if not cause.withdrawn_at and cause.participant]
    return causes[-1].participant if causes else None


def _next_time(follow_up: FollowUp, now: datetime) -> datetime | None:
    ahead = Participant.objects.upcoming_for(follow_up.client, now).filter(session__case=follow_up.case)
    return ahead.values_list("starts_at", flat=True).first()


def _mandate(follow_up: FollowUp) -> Mandate | None:
    if follow_up.protocol.code != ProtocolCode.COURT_MANDATED:
        return None
    orders = orders_of(follow_up).select_related("case", "client").order_by("pk")
    found = list(orders.prefetch_related("reporting_dates", "bases"))
    return min(found, key=lambda one: (one.report_due_on or date.max, one.pk), default=None)


def _lock(kind: str, follow_up: FollowUp, mandate: Mandate | None, ground: Ground) -> str:
    sentence = what_opens(kind, ground)
    if not sentence or kind != StepKind.REPORT or mandate is None or mandate.report_due_on is None:
        return sentence
    supervisor = follow_up.owner.supervisor if follow_up.owner else None
    facts = {"lock": sentence, "day": date_format(mandate.report_due_on, "j F")}
    if not supervisor:
        return gettext("%(lock)s Due %(day)s.") % facts
    return gettext("%(lock)s Due %(day)s; urgent: ask %(name)s.") % {**facts, "name": supervisor.name}


def _ladder(follow_up: FollowUp, mandate: Mandate | None, ground: Ground) -> tuple[PresentedStep, ...]:
    """The steps taken, then what lies ahead in the version that leads now."""
    name = follow_up.client.called
    taken = list(follow_up.steps.all())
    shown = [_taken(step, follow_up, mandate, ground) for step in taken]
    reached = max(
        (step.position for step in taken if step.protocol_version_id == follow_up.protocol_version_id),
        default=0,
    )
    if not follow_up.is_open:
        return tuple(shown)
    for position, plan in enumerate(follow_up.protocol_version.plan, start=1):
        if position > reached:
            shown.append(
                PresentedStep(
                    position=position,
                    title=title(plan, name),
                    kind=plan.kind,
                    state="ahead",
                    due_at=None,
                    note="",
                    lock=_lock(plan.kind, follow_up, mandate, ground),
                )
            )
    return tuple(shown)


def talks_with(user: User, client: Client, *, most: int) -> list[Talk]:
    """The latest tries at talking with one person, of the follow-ups that this reader may see; one query.

    Without their words, which are behind the wall of the follow-up's own page; without texts, which
    stand for themselves.
    """
    theirs = follow_ups_visible_to(user).of(client).order_by().values("pk")
    tried = ContactAttempt.objects.filter(follow_up__in=theirs).exclude(channel=AttemptChannel.TEXT)
    return [
        Talk(
            follow_up_id=attempt.follow_up.public_id,
            at=attempt.at,
            by=attempt.logged_by.name,
            channel=attempt.channel,
            channel_label=attempt.get_channel_display(),
            result_label=attempt.get_result_display(),
        )
        for attempt in tried.select_related("logged_by", "follow_up").order_by("-at")[:most]
    ]


def _taken(step: FollowUpStep, follow_up: FollowUp, mandate: Mandate | None, ground: Ground) -> PresentedStep:
    state = "current" if step.is_current else "done" if step.done_at else "skipped"
    return PresentedStep(
        position=step.position,
        title=title(step.plan, follow_up.client.called),
        kind=step.kind,
        state=state,
        due_at=step.due_at,
        note=step.note,
        lock=_lock(step.kind, follow_up, mandate, ground) if step.is_current else "",
    )


def _attempt(attempt: ContactAttempt, reader: _Reader, *, walled: bool) -> PresentedAttempt:
    reads = reader.is_clinical
    return PresentedAttempt(
        public_id=attempt.public_id,
        at=attempt.at,
        by=attempt.logged_by.name,
        channel=attempt.channel,
        channel_label=attempt.get_channel_display(),
        result=attempt.result,
        result_label=attempt.get_result_display(),
        next_step_label="" if walled else attempt.get_next_step_display(),
        barriers=tuple(as_shipped(barrier.label) for barrier in attempt.barriers.all()) if reads else (),
        client_words=attempt.client_words if reads else "",
        words_are_hidden=bool(attempt.client_words) and not reads,
        talk=getattr(attempt, "court_talk", None) if reads else None,
    )
