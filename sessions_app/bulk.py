"""Books many sessions at once, in a few statements: what the importer writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.audit import acting, check_at_once
from accounts.models import User
from sessions_app.models import Occupancy, Participant, SessionClinician, TherapySession
from sessions_app.occupancy import lock_resources, occupancies, resource_keys


@dataclass(kw_only=True)
class SessionArrival:
    """An unsaved session, or one that is already booked, with the people to add to it."""

    session: TherapySession
    clinicians: tuple[User, ...] = ()
    participants: list[Participant] = field(default_factory=list)
    is_booked: bool = False
    # History and what was called off take nobody's time.
    occupies: bool = False

    @property
    def keys(self) -> list[str]:
        return resource_keys(self.clinicians, self.session.room) if self.occupies else []


def add_sessions(*, arrivals: Sequence[SessionArrival], actor: User | None) -> None:
    """Write them all, or none, under the locks and the exclusion constraint of every booking.

    The caller has looked for conflicts; raises IntegrityError where the calendar has filled
    meanwhile, or a constraint refuses a row.
    """
    new = [arrival for arrival in arrivals if not arrival.is_booked]
    with acting("import", actor=actor):
        check_at_once()
        lock_resources(key for arrival in new for key in arrival.keys)
        TherapySession.objects.bulk_create(arrival.session for arrival in new)
        SessionClinician.objects.bulk_create(
            SessionClinician(session=each.session, clinician=clinician, starts_at=each.session.starts_at)
            for each in new
            for clinician in each.clinicians
        )
        _join_booked([arrival for arrival in arrivals if arrival.is_booked])
        Participant.objects.bulk_create(person for arrival in arrivals for person in arrival.participants)
        Occupancy.objects.bulk_create(
            occupancy for arrival in new for occupancy in occupancies(arrival.session, arrival.keys)
        )


def _join_booked(arrivals: Sequence[SessionArrival]) -> None:
    """People who are added to a session take its time as it is by now; it may await them."""
    pks = [arrival.session.pk for arrival in arrivals]
    locked = {
        session.pk: session for session in TherapySession.objects.select_for_update().filter(pk__in=pks)
    }
    unsettled = set()
    for arrival in arrivals:
        for participant in arrival.participants:
            participant.starts_at = locked[arrival.session.pk].starts_at
            if participant.cancelled_at is None and participant.recorded_at is None:
                unsettled.add(arrival.session.pk)
    TherapySession.objects.filter(pk__in=unsettled, is_history=False).update(settled_at=None)
