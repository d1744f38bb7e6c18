"""Who is in treatment in a case now, and whose work it is."""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Case, Client


def is_in_treatment(case: Case, client: Client) -> bool:
    """Whether this person takes part in it now, and has neither died nor left the practice."""
    return not client.is_silent and case.members.filter(client=client, left_on=None).exists()


def refuse_strangers(case: Case, client: Client) -> None:
    """Raise ValidationError for somebody who is not in treatment in this case now."""
    if not is_in_treatment(case, client):
        raise ValidationError(_("This person is not in treatment in this case now."))


def working_on(case: Case) -> Q:
    """The case's clinicians of today and their supervisors, as a condition on staff."""
    # Also of one who has left and not handed over yet: then it is for their supervisor.
    clinicians = User.objects.filter(case_clinicians__case=case, case_clinicians__until_on=None)
    return Q(pk__in=clinicians.values("pk")) | Q(pk__in=clinicians.values("supervisor"))


def people_to_name(case: Case) -> QuerySet[User]:
    """Who can be asked by name, or take something on: its clinicians and their supervisors."""
    return User.objects.filter(working_on(case), is_active=True).order_by("name", "pk")
