"""Naming a person inside another form: one of those found by name, or somebody new."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.translation import gettext as _

from clients.access import clients_visible_to, get_client
from clients.models import Client
from clients.services import ContactDetails, add_contact_point, create_client
from dashboard.clients.forms import NewPersonForm
from dashboard.pages import StaffRequest, add_refusal, words_of

FOUND = 8
SOMEBODY_NEW = "new"


class PersonChoice:
    """What a page needs to let somebody be found or added, and who it was."""

    def __init__(self, request: StaffRequest, *, besides: Client | None = None) -> None:
        self._user = request.user
        self.words = words_of(request)
        # What the page's own form works with: a search is not its answer.
        self.answer = None if "find" in request.POST else request.POST or None
        self.found = self._search(besides)
        self.chosen = request.POST.get("person", "")
        posted = request.POST if self.chosen == SOMEBODY_NEW else None
        given, _space, family = self.words.partition(" ")
        self.new = NewPersonForm(
            posted,
            prefix="new",
            initial={"given_name": given.capitalize(), "family_name": family.capitalize()},
        )

    def _search(self, besides: Client | None) -> list[Client]:
        if not self.words:
            return []
        people = clients_visible_to(self._user).search(self.words).filter(died_on=None)
        return [person for person in people[: FOUND + 1] if person != besides][:FOUND]

    def is_made(self, form: Form) -> bool:
        """Whether somebody was named; says on the form what is missing if not."""
        if self.chosen == SOMEBODY_NEW and not self.new.is_valid():
            form.add_error(None, _("Please look at what is marked."))
        elif not self.chosen:
            form.add_error(None, _("Choose a person, or add somebody new."))
        return not form.errors

    def person(self, *, now: datetime) -> Client:
        """The one who was named, added if new. Raises ValidationError where that is refused."""
        if self.chosen != SOMEBODY_NEW:
            return get_client(self._user, _uuid(self.chosen))
        client = create_client(details=self.new.details, actor=self._user, now=now)
        phone = self.new.cleaned_data["phone"]
        if phone:
            details = ContactDetails(kind="phone", address=phone)
            add_contact_point(client=client, details=details, actor=self._user)
        return client

    def refuse(self, form: Form, error: ValidationError) -> None:
        """Put a refusal beside what it is about."""
        if self.chosen != SOMEBODY_NEW:
            add_refusal(form, error)
            return
        add_refusal(self.new, error)
        form.add_error(None, _("Please look at what is marked."))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise ValidationError(_("Choose a person, or add somebody new.")) from error
