"""Verbs for when somebody has missed several times: the talk, its cost, a private word, and asking the supervisor.

What the client said is for the case's clinicians and their supervisors; a private word is for who wrote it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from accounts.audit import acting
from accounts.models import User
from accounts.roles import May
from accounts.sealing import seal, unseal
from clients.access import may_read_case_words
from clients.models import Case
from followups.models import (
    Consultation,
    CostOfMisses,
    Feeling,
    FollowUp,
    PatternTalk,
    PrivateNote,
    Worry,
)


@dataclass(frozen=True, kw_only=True)
class TalkDetails:
    """What the client said of each theme, in their own words (row 3.9); one of them is enough."""

    personal: str = ""
    scheduling: str = ""
    financial: str = ""
    discomfort: str = ""


@dataclass(frozen=True, kw_only=True)
class CostDetails:
    """What the misses cost this client, as their clinician sees it (row 3.2)."""

    unresolved: str = ""
    support_missed: str = ""
    concern: str = ""


@dataclass(frozen=True, kw_only=True)
class PrivateWords:
    """What one said to oneself, read back."""

    feeling: str
    words: str
    written_at: datetime

    @property
    def feeling_label(self) -> str:
        return str(Feeling(self.feeling).label) if self.feeling else ""


def note_pattern_talk(
    *, follow_up: FollowUp, details: TalkDetails, actor: User, now: datetime
) -> PatternTalk:
    """Write down what a talk about the pattern brought. Raises ValidationError where nothing was said."""
    refuse_others(actor, follow_up.case)
    said = {theme: words.strip() for theme, words in vars(details).items()}
    if not any(said.values()):
        raise ValidationError(gettext("Write down what they said about at least one of these."))
    with acting("note_pattern_talk", actor=actor):
        return PatternTalk.objects.create(follow_up=follow_up, held_at=now, held_by=actor, **said)


def note_cost(*, follow_up: FollowUp, details: CostDetails, actor: User, now: datetime) -> CostOfMisses:
    """Write down what the misses cost the client; the history keeps what was written before."""
    refuse_others(actor, follow_up.case)
    if details.concern and details.concern not in Worry.values:
        raise ValidationError({"concern": gettext("Choose one of these.")})
    said = {name: words.strip() for name, words in vars(details).items()}
    with acting("note_cost_of_misses", actor=actor):
        noted, _ = CostOfMisses.objects.update_or_create(
            follow_up=follow_up, defaults={**said, "noted_at": now, "noted_by": actor}
        )
    return noted


def write_private_words(*, follow_up: FollowUp, feeling: str, words: str, actor: User, now: datetime) -> None:
    """Keep a word for oneself, sealed; empty ones take it away. Nobody else reads it, nor any history."""
    refuse_others(actor, follow_up.case)
    if feeling and feeling not in Feeling.values:
        raise ValidationError({"feeling": gettext("Choose one of these.")})
    with acting("write_private_words", actor=actor):
        mine = PrivateNote.objects.filter(follow_up=follow_up, author=actor)
        if not (feeling or words.strip()):
            mine.delete()
            return
        PrivateNote.objects.update_or_create(
            follow_up=follow_up,
            author=actor,
            defaults={"feeling": seal(feeling), "words": seal(words.strip()), "written_at": now},
        )


def private_words_of(user: User, follow_up: FollowUp) -> PrivateWords | None:
    """What this person wrote for themselves, and nobody else's."""
    note = PrivateNote.objects.filter(follow_up=follow_up, author=user).first()
    if note is None:
        return None
    return PrivateWords(feeling=unseal(note.feeling), words=unseal(note.words), written_at=note.written_at)


def ask_supervisor(*, follow_up: FollowUp, question: str, actor: User, now: datetime) -> Consultation:
    """Ask one's supervisor. While a question stands unanswered, another adds its words to it.

    Raises ValidationError without a question, and for who has no supervisor in Kept.
    """
    refuse_others(actor, follow_up.case)
    if not question.strip():
        raise ValidationError({"question": gettext("Write what you would like to ask.")})
    above = actor.supervisor
    if above is None or not above.is_active:
        raise ValidationError(
            gettext("Nobody is named as your supervisor. Ask whoever looks after staff to name somebody.")
        )
    with acting("ask_supervisor", actor=actor):
        standing = Consultation.objects.select_for_update().filter(
            follow_up=follow_up, asked_by=actor, answered_at=None
        )
        asked = standing.first()
        if asked is None:
            return Consultation.objects.create(
                follow_up=follow_up, question=question.strip(), asked_by=actor, asked_of=above, asked_at=now
            )
        asked.question = with_words(asked.question, question.strip())
        asked.save()
    return asked


def answer_consultation(
    *, consultation: Consultation, answer: str, actor: User, now: datetime
) -> Consultation:
    """Answer in words; for who was asked, and for other supervisors of the case. The first answer stands."""
    if not may_answer(actor, consultation):
        raise PermissionDenied
    if not answer.strip():
        raise ValidationError({"answer": gettext("Write a word in answer.")})
    with acting("answer_consultation", actor=actor):
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if locked.answered_at is None:
            locked.answer, locked.answered_at, locked.answered_by = answer.strip(), now, actor
            locked.save()
    return locked


def read_answer(*, consultation: Consultation, actor: User, now: datetime) -> None:
    """Who asked has read the answer: it leaves their Today."""
    with acting("read_answer", actor=actor):
        mine = Consultation.objects.filter(pk=consultation.pk, asked_by=actor, read_at=None)
        mine.exclude(answered_at=None).update(read_at=now)


def may_answer(user: User, consultation: Consultation) -> bool:
    """Not who asked; a supervisor who may read this case."""
    is_above = consultation.asked_of_id == user.pk or user.may(May.SEE_SUPERVISED)
    reads = may_read_case_words(user, consultation.follow_up.case)
    return is_above and reads and consultation.asked_by_id != user.pk


def consultations_waiting(user: User) -> QuerySet[Consultation]:
    """Questions that this person is asked, and answers that they have not read; the longest waiting first."""
    asked = Q(asked_of=user, answered_at=None)
    answered = Q(asked_by=user, answered_at__isnull=False, read_at=None)
    cases = Case.objects.clinical_for(user).order_by().values("pk")
    found = Consultation.objects.filter(asked | answered, follow_up__case__in=cases)
    return found.select_related("follow_up__client", "asked_by", "answered_by").order_by("asked_at", "pk")


def with_words(said: str, more: str) -> str:
    """What was said, with what is said besides; the same sent twice is said once."""
    return said if more in said.split("\n\n") or more == said else f"{said}\n\n{more}"


def refuse_others(actor: User, case: Case) -> None:
    """For the case's clinicians and their supervisors alone."""
    if not may_read_case_words(actor, case):
        raise PermissionDenied
