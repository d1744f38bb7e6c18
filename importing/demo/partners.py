"""Who comes with a partner in the demonstration: a couple that talks, one not yet asked, one who hesitates."""

from datetime import datetime, timedelta

from accounts.models import Practice, User
from attendance.together import Said, note_joint_part, sessions_together
from clients.confidentiality import Signed, enter_policy
from clients.engagement import set_engagement
from clients.models import USUAL_LIMITS, Case, Client, Engagement, MemberRole
from clients.record_requests import ask_for_record
from clients.screening import take_screen
from clients.services import CaseDetails, add_member, open_case
from followups.invitation_words import begin_words
from followups.invitations import Wording, approve_invitation, give_invitation, write_invitation
from followups.later_options import Noted, note_option
from importing.demo.practice import Setting

# How well understood each felt, and their own progress, from the first session together to the last.
COURSES = {"Maya": ((4, 5), (5, 5), (5, 6), (7, 6)), "Jonah": ((2, 6), (4, 6), (4, 5), (6, 7))}
SAID = {
    "Maya": Said(
        feelings="Tired of being the one who asks.",
        concerns="That evenings pass without a word.",
        wishes="One evening a week that is theirs.",
        needs="To hear from him before she has to ask.",
        support="By saying when he needs an hour alone.",
        shareable=("wishes", "support"),
    ),
    "Jonah": Said(
        feelings="Afraid of saying the wrong thing.",
        wishes="To come home without a list waiting.",
        needs="A little time before they talk.",
        support="By telling him one thing at a time.",
        shareable=("wishes", "needs", "support"),
    ),
}


def bring_partners(setting: Setting, *, now: datetime) -> None:
    """The Fields were asked alone and come; the Vosses were not asked yet; Daniel Cho's partner hesitates."""
    amara, luis = setting.clinicians["amara"], setting.clinicians["luis"]
    fields = _case_of("Maya", "Field", Case.Kind.COUPLE)
    _ask_each(fields, amara, now=now - timedelta(weeks=7))
    _sign_what_stays_private(fields, amara, setting.practice, now=now - timedelta(weeks=7))
    _note_what_they_said(fields, amara, now=now)
    _invite_a_partner(setting.practice, amara, now=now)
    _one_who_was_invited_and_came(_case_of("Kate", "Monroe", Case.Kind.COUPLE), luis, now=now)
    _ask_for_what_was_written(_case_of("Ines", "Prado", Case.Kind.COUPLE), now=now - timedelta(days=1))


def _case_of(given_name: str, family_name: str, kind: Case.Kind) -> Case:
    members = {"members__client__given_name": given_name, "members__client__family_name": family_name}
    return Case.objects.get(kind=kind, **members)


def _ask_each(case: Case, clinician: User, *, now: datetime) -> None:
    for member in case.members.select_related("client"):
        take_screen(client=member.client, result="safe", words="", was_alone=True, actor=clinician, now=now)


def _sign_what_stays_private(case: Case, clinician: User, practice: Practice, *, now: datetime) -> None:
    today = practice.today(now)
    wording = "What one of us says alone stays with the one who said it, until they want it shared."
    signed = Signed(wording=wording, signed_on=today, **USUAL_LIMITS)
    enter_policy(case=case, signed=signed, actor=clinician, today=today, now=now)


def _note_what_they_said(case: Case, clinician: User, *, now: datetime) -> None:
    latest = list(sessions_together(case, now=now).filter(ends_at__lte=now)[: len(COURSES["Maya"])])[::-1]
    for place, session in enumerate(latest):
        for participant in session.participants.select_related("client"):
            name = participant.client.given_name
            understanding, progress = COURSES[name][place]
            words = SAID[name] if session is latest[-1] else Said()
            said = {**vars(words), "understanding": understanding, "progress": progress}
            note_joint_part(participant=participant, said=Said(**said), actor=clinician, now=session.ends_at)


def _invite_a_partner(practice: Practice, clinician: User, *, now: datetime) -> None:
    """Somebody who is no client yet: a name in the case, and no address."""
    today = practice.today(now)
    daniel = Client.objects.get(given_name="Daniel", family_name="Cho")
    details = CaseDetails(
        kind=Case.Kind.COUPLE, clinicians=(clinician,), members=((daniel, MemberRole.CLIENT),)
    )
    case = open_case(details=details, on=today - timedelta(weeks=3), actor=clinician)
    sora = Client.objects.create(given_name="Sora", family_name="Cho", birth_year=1984)
    member = add_member(
        case=case,
        client=sora,
        role=MemberRole.PARTNER,
        engagement=Engagement.RESISTS,
        on=today - timedelta(weeks=3),
        actor=clinician,
    )
    _ask_each(case, clinician, now=now - timedelta(weeks=2))
    set_engagement(
        member=member, engagement=Engagement.HESITANT, actor=clinician, now=now - timedelta(days=9)
    )
    begun = begin_words(member=member, asker=daniel, clinician=clinician, practice=practice)
    invitation = write_invitation(
        member=member,
        asker=daniel,
        language=begun.language,
        wording=Wording(words=begun.words),
        actor=clinician,
        now=now - timedelta(days=8),
    )
    at = now - timedelta(days=7)
    approve_invitation(invitation=invitation, how="signed", approved_as="Daniel Cho", actor=clinician, now=at)
    give_invitation(invitation=invitation, actor=clinician, now=at)
    noted = Noted(revisit_on=today, words="Would rather see somebody of their own first.", was_asked_for=True)
    note_option(
        member=member,
        kind="own_therapy",
        noted=noted,
        today=today - timedelta(weeks=1),
        actor=clinician,
        now=at,
    )


def _one_who_was_invited_and_came(case: Case, clinician: User, *, now: datetime) -> None:
    member = case.members.get(client__given_name="Will")
    for engagement, weeks in ((Engagement.INVITED, 11), (Engagement.JOINED, 10)):
        set_engagement(
            member=member, engagement=engagement, actor=clinician, now=now - timedelta(weeks=weeks)
        )


def _ask_for_what_was_written(case: Case, *, now: datetime) -> None:
    ines = case.clients.get(given_name="Ines")
    ask_for_record(case=case, client=ines, actor=User.objects.get(name="Fran Castillo"), now=now)
