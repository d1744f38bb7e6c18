"""A miss of this morning with a call that nobody answered."""

from accounts.models import User
from clients.models import Client
from followups.models import AttemptChannel, AttemptResult, FollowUp
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt
from sessions_app.models import Participant, TherapySession
from tests.followups.conftest import NOON, record


def missed_and_called(session: TherapySession, client: Client, caller: User) -> Participant:
    """Recorded as missed, followed up, and called once in vain; all of it at noon."""
    participant = record(session, client)
    reconcile(now=NOON)
    attempt = AttemptDetails(channel=AttemptChannel.CALL, result=AttemptResult.NO_ANSWER)
    log_attempt(follow_up=FollowUp.objects.get(client=client), attempt=attempt, actor=caller, now=NOON)
    return participant
