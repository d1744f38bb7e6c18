"""Makes an empty deployment ready for its first sign-in."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.adapter import password_link
from accounts.models import Practice, User
from accounts.roles import Role
from accounts.services import NewPractice, StaffDetails, set_up_practice

QUESTIONS = {
    "name": "The practice's name",
    "display_name": "What clients' texts call it (short and neutral, 40 letters at most)",
    "phone": "Its telephone number, with country code (+1 312 555 0100)",
    "timezone": "Its time zone (America/Chicago)",
    "admin_name": "Your name",
    "admin_email": "Your e-mail, to sign in with",
}


class Command(BaseCommand):
    help = (
        "Create the practice and its first practice admin in an empty database; asks for what is not given."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=question)

    def handle(self, *args: Any, **options: Any) -> None:
        if Practice.objects.exists():
            raise CommandError("This deployment has its practice already; change it under Settings.")
        admin = _set_up({name: options[name] or _ask(name) for name in QUESTIONS})
        self.stdout.write(
            "The practice is set up. Open this once, within three days, to choose your password:"
        )
        self.stdout.write(password_link(admin))


def _ask(name: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError(f"--{name.replace('_', '-')} is missing: {QUESTIONS[name]}.")
    return input(f"{QUESTIONS[name]}: ").strip()


def _set_up(answers: dict[str, str]) -> User:
    practice = NewPractice(**{name: answers[name] for name in ("name", "display_name", "phone", "timezone")})
    admin = StaffDetails(
        email=answers["admin_email"], name=answers["admin_name"], roles=[Role.PRACTICE_ADMIN]
    )
    try:
        return set_up_practice(practice=practice, admin=admin, now=timezone.now())
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
