"""The door from a page to files on their way in: practice admins, and nobody else."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404

from accounts.access import clinicians, require
from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from clients.models import Client
from importing.models import ImportFile, ImportRun, RefusedRow
from importing.refused import told
from sessions_app.access import all_places, all_services


def imports_visible_to(user: User) -> QuerySet[ImportRun]:
    """What was brought, the latest first."""
    require(user, May.MANAGE_SETTINGS)
    facts = Prefetch("files", ImportFile.objects.defer("sealed"))
    return ImportRun.objects.select_related("created_by").prefetch_related(facts)


def get_import(user: User, public_id: UUID) -> ImportRun:
    """One of them; 404 if there is none."""
    require(user, May.MANAGE_SETTINGS)
    run = ImportRun.objects.filter(public_id=public_id).first()
    if run is None:
        raise Http404
    return run


def files_of(run: ImportRun) -> list[ImportFile]:
    """Its files, clients first; what they hold is read where somebody opens them."""
    return list(run.files.defer("sealed"))


def refused_rows_of(run: ImportRun) -> QuerySet[RefusedRow]:
    """Its refused rows in the order of the files."""
    return run.refused_rows.all()


def most_refused_for(run: ImportRun, most: int) -> list[tuple[str, int]]:
    """The commonest reasons with how many rows each keeps out."""
    counted = run.refused_rows.order_by().values_list("kind", "reason", "facts").annotate(rows=Count("pk"))
    return [
        (told(run, RefusedRow(kind=kind, reason=reason, facts=facts)), rows)
        for kind, reason, facts, rows in counted.order_by("-rows", "reason")[:most]
    ]


def names_for_words(user: User) -> dict[str, dict[str, str]]:
    """Our clinicians, services and places by public id: what a word of a file can stand for."""
    require(user, May.MANAGE_SETTINGS)
    staff = {str(one.public_id): one.name for one in clinicians()}
    return {
        **dict.fromkeys(("clinician", "co_clinician", "case_clinician", "case_2_clinician"), staff),
        "service": {str(one.public_id): one.name for one in all_services(user)},
        "place": {str(one.public_id): one.name for one in all_places(user)},
    }


def without_consent(user: User, now: datetime) -> int:
    """How many in treatment have not agreed to messages: Kept writes to none of them."""
    require(user, May.MANAGE_SETTINGS)
    return Client.objects.without_consent(get_practice().today(now)).count()
