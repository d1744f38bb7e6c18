"""Makes an API key for a member of staff and prints it, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.services import create_token


class Command(BaseCommand):
    """`create_api_token fran@lakeside.example "Calendar bridge"`."""

    help = "Make an API key for a member of staff. Its text is shown once; only its digest is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", help="What it is for.")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if person is None:
            raise CommandError("Nobody active on the team has this e-mail address.")
        _, key = create_token(user=person, name=options["name"], actor=person)
        self.stdout.write(key)
