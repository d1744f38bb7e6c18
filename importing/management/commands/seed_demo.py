"""`seed_demo` writes the demonstration practice once; `--sign-ins` prints who can sign in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.audit import check_at_once
from accounts.models import Practice
from accounts.roles import Role
from importing.demo.court import write_to_the_court
from importing.demo.days_off import offer_a_freed_time, take_days_off
from importing.demo.doubles import write_some_twice
from importing.demo.fees import charge_and_waive
from importing.demo.following import Following
from importing.demo.help import offer_and_agree
from importing.demo.messages import try_the_words, write_from_a_new_number
from importing.demo.old_system import try_old_files
from importing.demo.partners import bring_partners
from importing.demo.people import COLLEAGUES, PASSWORD
from importing.demo.practice import set_up
from importing.demo.reminded import remind_of_the_past
from importing.demo.repeated import tell_of_repeated_misses
from importing.demo.weeks import fill_weeks


@contextmanager
def _in_silence() -> Iterator[None]:
    """Twelve weeks of passes have nothing to say to who waits for the demonstration."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


class Command(BaseCommand):
    """Invented people, reserved numbers, outcomes at the rates of NHS Talking Therapies."""

    help = "Fill an empty database with a demonstration practice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="Only print who can sign in.")

    def handle(self, *args: Any, sign_ins: bool, **options: Any) -> None:
        if sign_ins:
            self._print_sign_ins()
        elif Practice.objects.exists():
            self.stdout.write("The practice is there already; nothing was changed.")
        else:
            self._seed()

    def _seed(self) -> None:
        now = timezone.now()
        self.stdout.write("Setting up Lakeside Counseling (invented)")
        with _in_silence(), transaction.atomic():  # half a practice is none
            check_at_once()
            setting = set_up(now)
            following = Following(setting, now)
            fill_weeks(
                setting,
                now=now,
                tell=lambda line: self.stdout.write(f"  {line}"),
                after_day=following.after_day,
            )
            remind_of_the_past(setting)
            charge_and_waive(setting, now=now)
            offer_and_agree(setting, now=now)
            bring_partners(setting, now=now)
            tell_of_repeated_misses(setting, now=now)
            write_to_the_court(setting, now=now)
            write_some_twice(setting, now=now)
            take_days_off(setting, now=now)
            offer_a_freed_time(setting, now=now)
            try_old_files(now=now)
            write_from_a_new_number(setting, now=now)
            try_the_words(now=now)
        self.stdout.write(f"Done. The practice is in {setting.practice.timezone}.")

    def _print_sign_ins(self) -> None:
        self.stdout.write(f"Password for everybody: {PASSWORD}")
        for colleague in COLLEAGUES:
            roles = ", ".join(str(Role(role).label) for role in colleague.roles)
            self.stdout.write(f"  {colleague.mail}@lakeside.example.com   {colleague.name}, {roles}")
