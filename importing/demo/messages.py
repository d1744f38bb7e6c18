"""Messages of the demonstration besides those of its sessions: a text from a number that nobody has, and a trial."""

from datetime import datetime

from accounts.models import User
from importing.demo.practice import Setting
from reminders.access import get_wording
from reminders.rehearsal import Draft
from reminders.services import Reply, ask_trial, receive_inbound

NOBODYS = "+19145550190"


def write_from_a_new_number(setting: Setting, *, now: datetime) -> None:
    """Somebody has a new telephone, and no record has its number: the desk says who it is."""
    reply = Reply(
        provider_id="SM" + "0" * 31 + "1",
        from_address=NOBODYS,
        to_address=setting.practice.phone,
        body="Hi, it's Karim, this is my new number. Are we still on this week?",
    )
    receive_inbound(reply=reply, now=now)


def try_the_words(*, now: datetime) -> None:
    """The admin sends the mailed reminder home, to read it as a client would."""
    ari = User.objects.get(name="Ari Lindqvist")
    wording = get_wording(ari, "reminder", "en", "email")
    draft = Draft(
        key=wording.key,
        language=wording.language,
        channel=wording.channel,
        body=wording.body,
        subject=wording.subject,
    )
    ask_trial(draft=draft, actor=ari, now=now)
