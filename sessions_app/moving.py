"""What of this room belongs to a person, when two records of one are merged."""

from clients.models import Client
from clients.moving import Belonging
from sessions_app.models import Offer, Participant, TherapySession, WaitlistEntry

BELONGINGS = (
    Belonging(Participant, case="session__case"),
    Belonging(WaitlistEntry, case="case"),
    Belonging(Offer, "recipient", case="entry__case"),
)


def are_in_one_session(gone: Client, kept: Client) -> bool:
    """Whether both were expected at one session: then they are two people."""
    theirs = Participant.objects.filter(client=kept).order_by().values("session")
    return Participant.objects.filter(client=gone, session__in=theirs).exists()


def lock_sessions_of(*clients: Client) -> None:
    """Who records how one of their sessions went is done first, or reads whose it is afterwards."""
    sessions = TherapySession.objects.filter(participants__client__in=clients).values("pk")
    list(TherapySession.objects.filter(pk__in=sessions).order_by("pk").select_for_update().values_list("pk"))
