"""The demonstration's files from an earlier system: looked through and tried, and not brought in yet."""

from datetime import datetime, timedelta

from accounts.models import User
from importing.access import names_for_words
from importing.bringing import (
    ask_for_trial,
    columns_of,
    opened,
    questions_of,
    receive_files,
    save_columns,
    save_meanings,
)
from importing.models import ImportRun
from importing.running import bring_in_asked
from importing.targets import APPOINTMENTS, CLIENTS

ORDER = "mdy"
# Three rows of the first file and two of the second are not as they should be.
PEOPLE = """Client ID,First Name,Last Name,Date of Birth,Mobile Phone,Email,Primary Clinician,Referred by
L-101,Hedda,Morrow,03/25/1985,(202) 555-0141,hedda.morrow@example.org,"Becker, Tom",A friend
L-102,Ansel,Pike,11/02/1979,(202) 555-0142,,"Becker, Tom",
L-103,Juno,Ferris,31/31/1981,(202) 555-0143,juno.ferris@example.org,"Becker, Tom",Her doctor
L-104,Silas,Boone,07/09/1990,555-01,,"Becker, Tom",
L-105,Thea,Calloway,05/17/1972,(202) 555-0145,thea.calloway@example.org,"Becker, Tom",A friend
L-105,Thea,Calloway,05/17/1972,(202) 555-0145,,"Becker, Tom",
L-106,Milo,Vance,09/30/1988,(202) 555-0146,milo.vance@example.org,"Becker, Tom",
L-107,Petra,Lomax,12/21/1994,(202) 555-0147,,"Becker, Tom",Her doctor
"""
SESSIONS = """Client ID,Date of Service,Start Time,End Time,Clinician,Service,Location,Status
L-101,10/14/2025,3:00 PM,3:50 PM,Tom Becker,Individual session,Lake Street,Show
L-101,10/21/2025,3:00 PM,3:50 PM,Tom Becker,Individual session,Telehealth,No Show
L-102,10/15/2025,4:00 PM,4:50 PM,Tom Becker,Individual session,Lake Street,Show
L-102,10/22/2025,4:00 PM,4:50 PM,Tom Becker,Individual session,Lake Street,Late Cancel
L-105,10/16/2025,5:00 PM,5:50 PM,Tom Becker,Individual session,Lake Street,Show
L-106,10/17/2025,9:00 AM,9:50 AM,Tom Becker,Individual session,Telehealth,Show
L-199,10/17/2025,10:00 AM,10:50 AM,Tom Becker,Individual session,Lake Street,Show
L-107,10/45/2025,11:00 AM,11:50 AM,Tom Becker,Individual session,Lake Street,Show
"""


def try_old_files(*, now: datetime) -> None:
    """Tom's list from where he worked before, as far as the trial: what would come in, and what not."""
    ari = User.objects.get(name="Ari Lindqvist")
    files = {CLIENTS: [PEOPLE.encode()], APPOINTMENTS: [SESSIONS.encode()]}
    at = now - timedelta(hours=22)
    run = receive_files(files=files, actor=ari, now=at)
    _say_what_is_meant(run, ari, now=at)
    ask_for_trial(run=run, actor=ari)
    bring_in_asked(now=at)


def _say_what_is_meant(run: ImportRun, actor: User, *, now: datetime) -> None:
    """Every guess is right."""
    names = names_for_words(actor)
    with opened(run.files.all()) as tables:
        for file in run.files.all():
            table = tables[file.kind]
            holds = {one.name: one.holds for one in columns_of(file, table)}
            save_columns(file=file, holds=holds, actor=actor, now=now)
            asked = questions_of(file, table, names)
            words = {
                target: {word.text: word.means for word in found} for target, found in asked.words.items()
            }
            order, clock = asked.order.answer or ORDER, asked.clock.answer
            save_meanings(file=file, order=order, clock=clock, words=words, actor=actor, now=now)
