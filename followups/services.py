"""Verbs on follow-ups: log an attempt, take a step, hand over, put off, close, open again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import FollowUpOwner, User
from accounts.roles import May
from accounts.services import get_practice
from attendance.services import also_name_barriers
from clients.models import Barrier, Case, Client
from clients.treatment import refuse_strangers
from followups.access import may_close
from followups.closing import why_it_stays_closed
from followups.court_talks import CourtTalkDetails, write_court_talk
from followups.gates import ground_of, what_opens
from followups.leading import Turn, lead_clinician, settle
from followups.models import (
    CONTACT_KINDS,
    AttemptBarrier,
    AttemptChannel,
    AttemptResult,
    ContactAttempt,
    CourtTalk,
    FollowUp,
    FollowUpCause,
    FollowUpStep,
    NextStep,
    Protocol,
    ProtocolCode,
    StepKind,
)
from followups.protocols import current_versions, install_shipped
from followups.reconcile import take_turn
from followups.steps import Begun, begin_step, due_by, following
from reminders.models import Message
from reminders.services import AS_USUAL, Leave, write_after_miss

LONGEST_SNOOZE = timedelta(days=30)
# No two tries at reaching somebody by the same way are closer.
PRESSED_TWICE = timedelta(seconds=20)


@dataclass(frozen=True, kw_only=True)
class AttemptDetails:
    """What is known of one attempt to reach somebody."""

    channel: str
    result: str
    client_words: str = ""
    barriers: tuple[Barrier, ...] = ()
    next_step: str = ""
    # When they asked to be called; only with the next step "call again".
    call_again_at: datetime | None = None
    court: CourtTalkDetails | None = None  # under a court's order: what is for the court, apart from all else


def log_attempt(
    *, follow_up: FollowUp, attempt: AttemptDetails, actor: User, now: datetime
) -> ContactAttempt:
    """Write down an attempt; a step of the contact kind moves on by its result.

    Fruitless: the same step again the next working day, until its tries are used up. Reached, or
    rather not: a gentle protocol closes unless something is still open, any other takes the next
    step. Pressed twice it is one attempt: three calls are three. Raises ValidationError on a closed
    follow-up, for something agreed without a talk, and for a letter under a court's order before the client
    was heard.
    """
    with acting("log_attempt", actor=actor):
        pressed = _pressed_already(_lock(follow_up), attempt, actor=actor, now=now)
        if pressed:
            return pressed
        locked = _lock_open(follow_up)
        step = locked.current_step
        _refuse_early_letter(locked, attempt, actor)
        written = _write_attempt(locked, step, attempt, actor=actor, now=now)
        if attempt.court:
            write_court_talk(attempt=written, details=attempt.court, follow_up=locked, actor=actor)
        _answer(locked, step, attempt, actor=actor, now=now)
    return written


def send_text(
    *, follow_up: FollowUp, words: str, actor: User, now: datetime, leave: Leave = AS_USUAL
) -> Message:
    """Send the current step's text in these words and note the attempt; a person pressed the button.

    Clinicians' work stays theirs (PermissionDenied). Raises ValidationError where the step is no
    text, for words that may not leave, and where nothing may be written to this person: then the
    step stays where it was.
    """
    with acting("send_follow_up_text", actor=actor):
        locked = _lock_open(follow_up)
        step = _current(locked)
        _refuse_others_work(locked, actor)
        if step.kind != StepKind.TEXT:
            raise ValidationError(_("This step is no text."))
        lock = what_opens(step.kind, ground_of(locked))
        if lock:
            raise ValidationError(lock)
        message = write_after_miss(
            client=locked.client,
            words=words,
            actor=actor,
            now=now,
            # Pressed twice it is one text, and one attempt.
            leave=replace(leave, once_for=_once_for(step)),
        )
        sent = AttemptDetails(channel=AttemptChannel.TEXT, result=AttemptResult.LEFT_WORD)
        _write_attempt(locked, step, sent, actor=actor, now=now)
        _answer(locked, step, sent, actor=actor, now=now)
    return message


def complete_step(*, follow_up: FollowUp, note: str = "", actor: User, now: datetime) -> FollowUp:
    """Tick off the current step, which is not a call or a text, and go to the next one.

    Raises ValidationError with the sentence on the lock where a gate holds it.
    """
    with acting("complete_step", actor=actor):
        locked = _lock_open(follow_up)
        step = _current(locked)
        _refuse_others_work(locked, actor)
        if step.kind in CONTACT_KINDS:
            raise ValidationError(_("Note how the call or text went; that takes the step."))
        lock = what_opens(step.kind, ground_of(locked))
        if lock:
            raise ValidationError(lock)
        _refuse_undecided(locked, step)
        _take(locked, step, note=note, now=now)
    return locked


def skip_step(*, follow_up: FollowUp, because: str, actor: User, now: datetime) -> FollowUp:
    """Leave the current step out, with a reason. The first call is never left out unsaid."""
    if not because.strip():
        raise ValidationError({"because": _("Say in a few words why this step is left out.")})
    with acting("skip_step", actor=actor):
        locked = _lock_open(follow_up)
        step = _current(locked)
        _refuse_others_work(locked, actor)
        step.skipped_at, step.note = now, because.strip()
        step.save()
        _begin_next(locked, step, now=now)
    return locked


def reassign(*, follow_up: FollowUp, owner: User | None, actor: User, now: datetime) -> FollowUp:
    """Give the current step to a colleague, or to the desk (None).

    Raises ValidationError for somebody who may not see it, and for the desk where it is
    clinicians' work.
    """
    with acting("reassign_follow_up", actor=actor):
        locked = _lock_open(follow_up)
        _refuse_owner(locked, owner)
        locked.owner = owner
        locked.owner_role = FollowUpOwner.DESK if owner is None else _role_of(owner)
        locked.handed_at = now
        locked.save()
        step = locked.current_step
        if step:
            step.owner, step.owner_role = locked.owner, locked.owner_role
            step.save()
    return locked


def snooze(*, follow_up: FollowUp, until: datetime, actor: User, now: datetime) -> FollowUp:
    """Put the current step off until an instant, at most 30 days ahead."""
    if not now < until <= now + LONGEST_SNOOZE:
        raise ValidationError({"until": _("Choose a time within the next 30 days.")})
    with acting("snooze_follow_up", actor=actor):
        locked = _lock_open(follow_up)
        if not may_close(actor, locked):
            raise ValidationError({"until": _("When to call is their clinician's to say. Please tell them.")})
        _put_off(locked, _current(locked), until)
    return locked


def close_follow_up(*, follow_up: FollowUp, because: str, actor: User, now: datetime) -> FollowUp:
    """Close it, saying why. Closing twice keeps the first time.

    Raises PermissionDenied for one about a mandate, a risk or a partner unless its clinicians
    or their supervisor close it; ValidationError without a reason, or while a worry is not seen to.
    """
    if not because.strip():
        raise ValidationError({"because": _("Say in a few words how it ended.")})
    with acting("close_follow_up", actor=actor):
        locked = _lock(follow_up)
        if not may_close(actor, locked):
            raise PermissionDenied
        if locked.wellbeing_concerns.filter(done_at=None).exists():
            raise ValidationError(_("Say first what came of the worry about them."))
        if locked.is_open:
            _close(locked, because=because.strip(), actor=actor, now=now)
    return locked


def reopen_follow_up(*, follow_up: FollowUp, actor: User, now: datetime) -> FollowUp:
    """Take a closing back: it goes on where it stood.

    Raises ValidationError where another one is open for the same client and case by now, and where
    a fact answers it already: then it would close itself again at once.
    """
    with acting("reopen_follow_up", actor=actor):
        take_turn()
        locked = _lock(follow_up)
        if locked.is_open:
            return locked
        if FollowUp.objects.open().filter(client=locked.client, case=locked.case).exists():
            raise ValidationError(_("There is a newer open follow-up for this person. Go on there."))
        answered = why_it_stays_closed(locked)
        if answered:
            raise ValidationError(
                _("%(answered)s Opened again, it would close itself at once.") % {"answered": answered}
            )
        last = locked.steps.last()
        locked.state, locked.closed_at = FollowUp.State.OPEN, None
        locked.closed_by, locked.closed_because = None, ""
        position = last.position if last else 1
        _begin(locked, position, now=now)
    return locked


def open_follow_up(*, client: Client, case: Case, protocol_code: str, actor: User, now: datetime) -> FollowUp:
    """Open one by a person's word, or add that word to the open one; the weightier leads.

    Anybody who follows up may raise a worry about wellbeing; a mandate or a partner is for the
    case's clinicians (PermissionDenied). Raises ValidationError for somebody who is not in the
    case, has left or has died.
    """
    refuse_strangers(case, client)
    with acting("open_follow_up", actor=actor):
        take_turn()
        install_shipped()
        turn = Turn(now=now, practice=get_practice(), versions=current_versions())
        if protocol_code not in turn.versions:
            raise ValidationError({"protocol": _("Choose one of the protocols.")})
        _refuse_opening(turn.versions[protocol_code].protocol, case, actor)
        follow_up = FollowUp.objects.open().filter(client=client, case=case).select_for_update().first()
        if follow_up is None:
            follow_up = _open_by_hand(turn, client, case, protocol_code)
        _add_word(turn, follow_up, protocol_code, actor)
        settle(turn, {follow_up.pk})
        follow_up.refresh_from_db()
    return follow_up


def _pressed_already(
    follow_up: FollowUp, attempt: AttemptDetails, *, actor: User, now: datetime
) -> ContactAttempt | None:
    """The same said again by the same person within seconds: a button pressed twice, not a second try."""
    found = follow_up.attempts.filter(
        logged_by=actor,
        channel=attempt.channel,
        result=attempt.result,
        client_words=attempt.client_words.strip(),
        next_step=attempt.next_step,
        at__gt=now - PRESSED_TWICE,
        at__lte=now,
    ).last()
    return None if found is None or _says_more(follow_up, attempt, found) else found


def _says_more(follow_up: FollowUp, attempt: AttemptDetails, found: ContactAttempt) -> bool:
    """What was added to a hasty press is kept: what got in the way, words for the court, when to call."""
    named = set(found.barriers_named.values_list("barrier", flat=True))
    more_barriers = {barrier.pk for barrier in attempt.barriers} - named
    for_court = bool(attempt.court) and not CourtTalk.objects.filter(attempt=found).exists()
    another_time = bool(attempt.call_again_at) and attempt.call_again_at != follow_up.due_at
    return bool(more_barriers) or for_court or another_time


def _once_for(step: FollowUpStep) -> UUID:
    """One for each try of the step."""
    return uuid5(step.public_id, str(step.attempts.count()))


def _lock(follow_up: FollowUp) -> FollowUp:
    locked = FollowUp.objects.select_for_update(of=("self",))
    return locked.select_related("protocol_version__protocol", "client", "case").get(pk=follow_up.pk)


def _lock_open(follow_up: FollowUp) -> FollowUp:
    locked = _lock(follow_up)
    if not locked.is_open:
        raise ValidationError(_("This follow-up is closed. Open it again to go on."))
    return locked


def _current(follow_up: FollowUp) -> FollowUpStep:
    step = follow_up.current_step
    if step is None:
        raise ValidationError(_("Every step was taken. Close it, or log another attempt."))
    return step


def _refuse_undecided(follow_up: FollowUp, step: FollowUpStep) -> None:
    """A review is no tick: clinician and supervisor decide it together (row 3.11)."""
    if step.kind != StepKind.REVIEW:
        return
    if not follow_up.reviews.filter(decided_at__gte=step.opened_at).exists():
        raise ValidationError(
            _("This is decided on the review's own page, by clinician and supervisor together.")
        )


def _refuse_others_work(follow_up: FollowUp, actor: User) -> None:
    """Mandate, risk and partner steps are clinicians' work (design, "Follow-ups")."""
    if not may_close(actor, follow_up):
        raise PermissionDenied


def _refuse_early_letter(follow_up: FollowUp, attempt: AttemptDetails, actor: User) -> None:
    """Under a court's order no letter goes before the client was heard, whatever the step (row 4.3).

    The desk, which knows of no order, hears only whom to ask.
    """
    if attempt.channel != AttemptChannel.LETTER:
        return
    ground = ground_of(follow_up)
    lock = what_opens(StepKind.LETTER, ground) if ground.is_mandated else ""
    if lock and not actor.may(May.SEE_CLINICAL_WORDS):
        raise ValidationError({"channel": _("Please ask their clinician before a letter goes.")})
    if lock:
        raise ValidationError({"channel": lock})


def _refuse_owner(follow_up: FollowUp, owner: User | None) -> None:
    if owner is None:
        if follow_up.protocol.is_sensitive:
            raise ValidationError({"owner": _("This one needs a clinician.")})
        return
    seen = FollowUp.objects.visible_to(owner).filter(pk=follow_up.pk).exists()
    if not seen or not owner.may(May.FOLLOW_UP):
        raise ValidationError({"owner": _("This colleague cannot open this person's follow-ups.")})
    if follow_up.protocol.is_sensitive and not may_close(owner, follow_up):
        raise ValidationError({"owner": _("This one needs a clinician.")})


def _role_of(owner: User) -> FollowUpOwner:
    return FollowUpOwner.CLINICIAN if owner.may(May.SEE_CLINICAL_WORDS) else FollowUpOwner.DESK


def _write_attempt(
    follow_up: FollowUp, step: FollowUpStep | None, attempt: AttemptDetails, *, actor: User, now: datetime
) -> ContactAttempt:
    if attempt.next_step and attempt.result != AttemptResult.REACHED:
        raise ValidationError({"next_step": _("What comes next is agreed in a talk. Choose “We talked”.")})
    if attempt.call_again_at and attempt.call_again_at > now + LONGEST_SNOOZE:
        raise ValidationError({"call_again_at": _("Choose a time within the next 30 days.")})
    written = ContactAttempt(
        follow_up=follow_up,
        step=step,
        channel=attempt.channel,
        result=attempt.result,
        client_words=attempt.client_words.strip(),
        next_step=attempt.next_step,
        at=now,
        due_before=step.due_at if step else None,
        logged_by=actor,
    )
    written.clean_fields()
    written.save()
    AttemptBarrier.objects.bulk_create(
        AttemptBarrier(attempt=written, barrier=barrier) for barrier in dict.fromkeys(attempt.barriers)
    )
    _name_at_absence(follow_up, attempt.barriers, actor=actor, now=now)
    return written


def _name_at_absence(
    follow_up: FollowUp, barriers: tuple[Barrier, ...], *, actor: User, now: datetime
) -> None:
    """What got in the way belongs to the absence, wherever it was told: here to the latest one."""
    standing = follow_up.causes.filter(participant__isnull=False, withdrawn_at=None)
    latest = standing.select_related("participant__session").last() if barriers else None
    if latest and latest.participant:
        also_name_barriers(participant=latest.participant, barriers=barriers, actor=actor, now=now)


def _answer(
    follow_up: FollowUp, step: FollowUpStep | None, attempt: AttemptDetails, *, actor: User, now: datetime
) -> None:
    """Move the follow-up on by what came of an attempt."""
    if not may_close(actor, follow_up):
        _answer_for_clinician(follow_up, step, attempt)
    elif attempt.result in (AttemptResult.REACHED, AttemptResult.DECLINED):
        _answer_talk(follow_up, step, attempt, actor=actor, now=now)
    elif step is not None and step.kind in CONTACT_KINDS:
        _answer_fruitless(follow_up, step, attempt, now=now)


def _answer_for_clinician(follow_up: FollowUp, step: FollowUpStep | None, attempt: AttemptDetails) -> None:
    """What the desk hears of a clinician's work is noted; the step stays theirs, at the time asked for."""
    if step is not None and attempt.next_step == NextStep.CALL_AGAIN and attempt.call_again_at:
        _put_off(follow_up, step, attempt.call_again_at)


def _answer_talk(
    follow_up: FollowUp, step: FollowUpStep | None, attempt: AttemptDetails, *, actor: User, now: datetime
) -> None:
    waits_until = _waits_until(follow_up, attempt, now)
    if waits_until:
        if step is not None:
            _put_off(follow_up, step, waits_until)
    elif follow_up.protocol.closes_itself:
        _close(follow_up, because=_how_it_ended(attempt), actor=actor, now=now)
    elif step is not None and step.kind in CONTACT_KINDS:
        _take(follow_up, step, note="", now=now)


def _waits_until(follow_up: FollowUp, attempt: AttemptDetails, now: datetime) -> datetime | None:
    """When to look again, where a talk left something open; None where it did not.

    A gentle one that agreed on a new time stays until that is booked, and then closes itself.
    """
    practice = get_practice()
    if attempt.next_step == NextStep.CALL_AGAIN:
        return attempt.call_again_at or due_by(now, working_days=1, practice=practice)
    if attempt.next_step == NextStep.THEY_CALL:
        return due_by(now, working_days=2, practice=practice)
    if attempt.next_step == NextStep.NEW_TIME and follow_up.protocol.closes_itself:
        return due_by(now, working_days=1, practice=practice)
    return None


def _how_it_ended(attempt: AttemptDetails) -> str:
    if attempt.result == AttemptResult.DECLINED:
        return _("They would rather not talk about it now.")
    if attempt.next_step and attempt.next_step != NextStep.NOTHING_MORE:
        return _("You talked. Agreed: %(words)s.") % {"words": NextStep(attempt.next_step).label.lower()}
    return _("You talked.")


def _answer_fruitless(
    follow_up: FollowUp, step: FollowUpStep, attempt: AttemptDetails, *, now: datetime
) -> None:
    tried = step.attempts.count()
    if attempt.result == AttemptResult.WRONG_NUMBER or tried >= step.plan.tries:
        _take(follow_up, step, note="", now=now)
    else:
        _put_off(follow_up, step, due_by(now, working_days=1, practice=get_practice()))


def _put_off(follow_up: FollowUp, step: FollowUpStep, until: datetime) -> None:
    follow_up.due_at = step.due_at = until
    step.save()
    follow_up.save()


def _take(follow_up: FollowUp, step: FollowUpStep, *, note: str, now: datetime) -> None:
    step.done_at, step.note = now, note.strip()
    step.save()
    _begin_next(follow_up, step, now=now)


def _begin_next(follow_up: FollowUp, step: FollowUpStep, *, now: datetime) -> None:
    if following(step):
        _begin(follow_up, step.position + 1, now=now)
    else:
        follow_up.due_at = None
        follow_up.save()


def _begin(follow_up: FollowUp, position: int, *, now: datetime) -> None:
    clinician = follow_up.owner_id or _clinician_of(follow_up)
    begun = Begun(now=now, counted_from=now, practice=get_practice(), clinician_id=clinician)
    step = begin_step(follow_up, follow_up.protocol_version, position, begun)
    follow_up.save()
    step.save()


def _clinician_of(follow_up: FollowUp) -> int | None:
    """Who led the follow-up before it went to the desk, or leads the case."""
    before = follow_up.steps.exclude(owner=None).last()
    return before.owner_id if before else lead_clinician(follow_up.case_id)


def _close(follow_up: FollowUp, *, because: str, actor: User, now: datetime) -> None:
    follow_up.state = FollowUp.State.CLOSED
    follow_up.closed_at, follow_up.closed_by, follow_up.closed_because = now, actor, because
    follow_up.due_at = None
    follow_up.save()
    step = follow_up.steps.filter(done_at=None, skipped_at=None).first()
    if step is None:
        return
    if step.attempts.filter(result=AttemptResult.REACHED).exists():
        step.done_at = now
    else:
        step.skipped_at, step.note = now, because
    step.save()


def _refuse_opening(protocol: Protocol, case: Case, actor: User) -> None:
    if protocol.code == ProtocolCode.AT_RISK or not protocol.is_sensitive:
        return
    if not Case.objects.clinical_for(actor).filter(pk=case.pk).exists():
        raise PermissionDenied


def _open_by_hand(turn: Turn, client: Client, case: Case, code: str) -> FollowUp:
    follow_up = FollowUp(client=client, case=case, opened_at=turn.now, last_cause_at=turn.now)
    clinician = lead_clinician(case.pk)
    begun = Begun(now=turn.now, counted_from=turn.now, practice=turn.practice, clinician_id=clinician)
    step = begin_step(follow_up, turn.versions[code], 1, begun)
    follow_up.save()
    step.follow_up = follow_up
    step.save()
    return follow_up


def _add_word(turn: Turn, follow_up: FollowUp, code: str, actor: User) -> None:
    FollowUpCause.objects.get_or_create(
        follow_up=follow_up,
        protocol=turn.versions[code].protocol,
        participant=None,
        defaults={"occurred_at": turn.now, "added_at": turn.now, "added_by": actor},
    )
