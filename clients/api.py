"""Addresses of the API for people, how they may be reached, and the cases they are in."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import log_view
from accounts.models import User
from accounts.permissions import staff
from accounts.resources import Resource, ResourceList, shape
from accounts.roles import May
from accounts.services import get_practice
from clients import agreements_api, catalogue_api, help_api
from clients.access import (
    cases_visible_to,
    clients_visible_to,
    get_case,
    get_client,
    get_contact_point,
    get_guardianship,
    may_read_case_words,
    may_read_words,
)
from clients.models import Case, Client
from clients.serializers import (
    PERSON,
    AbsenceShape,
    CaseDetailSerializer,
    CaseSerializer,
    CaseShape,
    ClientChangeShape,
    ClientDetailSerializer,
    ClientSerializer,
    ClientShape,
    ConsentShape,
    ContactPointSerializer,
    ContactPointShape,
    GuardianShape,
    GuardianshipSerializer,
    MemberShape,
    SearchShape,
    WaySerializer,
    WaysShape,
)
from clients.services import (
    Beginning,
    CaseDetails,
    ClientDetails,
    ContactDetails,
    add_contact_point,
    add_guardian,
    add_member,
    change_client,
    change_contact_point,
    come_back,
    create_client,
    end_contact_point,
    end_guardianship,
    give_consent,
    open_case,
    order_ways,
    set_away,
    take_on_client,
    ways_of,
    withdraw_consent,
)

SEARCH_SHOWS = 20


class ClientFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which people a list shows; by name they are searched with a POST, never in an address."""

    in_treatment = django_filters.BooleanFilter(
        method="only_in_treatment", label="Has a place in an open case."
    )
    case = django_filters.UUIDFilter(method="only_members_of", label="Members of this case.")
    external_id = django_filters.CharFilter(label="Id in the system before Kept.")

    class Meta:
        model = Client
        fields = ()

    def only_in_treatment(self, clients: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001  # called so
        return clients.in_treatment() if wanted else clients

    def only_members_of(self, clients: Any, name: str, case_id: UUID) -> Any:
        # A case that the reader may not see says nothing about whom it holds.
        cases = cases_visible_to(staff(self.request)).filter(public_id=case_id)
        return clients.filter(pk__in=cases.values("members__client"))


class CaseFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which cases a list shows."""

    open = django_filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="Not closed.")
    kind = django_filters.ChoiceFilter(choices=Case.Kind.choices)
    client = django_filters.UUIDFilter(method="only_of", label="Cases of this person.")
    clinician = django_filters.UUIDFilter(
        field_name="case_clinicians__clinician__public_id", label="Cases of this clinician."
    )

    class Meta:
        model = Case
        fields = ()

    def only_of(self, cases: Any, name: str, client_id: UUID) -> Any:
        people = clients_visible_to(staff(self.request)).filter(public_id=client_id)
        return cases.filter(pk__in=people.values("memberships__case"))


def _shown_client(user: User, client: Client) -> Response:
    shown = (
        clients_visible_to(user)
        .prefetch_related(
            "contact_points__consents", "guardianships__guardian", "safe_contacts__contact_point"
        )
        .get(pk=client.pk)
    )
    context = {"user": user, "clinical": may_read_words(user, client)}
    return Response(ClientDetailSerializer(shown, context=context).data)


def _shown_case(user: User, case: Case) -> Response:
    cases = cases_visible_to(user).select_related("confidentiality__entered_by")
    orders = ("mandates__client", "mandates__reporting_dates")
    shown = cases.with_people().prefetch_related(*orders).get(pk=case.pk)
    return Response(CaseDetailSerializer(shown, context={"clinical": may_read_case_words(user, case)}).data)


def _added(person: User, sent: dict[str, Any], *, now: datetime) -> Client:
    """The desk adds somebody alone; who sees only people in treatment begins it with them."""
    other, kind = sent.pop("namesake_is_other"), sent.pop("case_kind")
    clinician = sent.pop("clinician", person if person.is_clinician else None)
    details = ClientDetails(**sent)
    if person.may(May.SEE_ALL_SESSIONS):
        return create_client(details=details, actor=person, now=now, namesake_is_other=other)
    if clinician is None:
        raise ValidationError({"clinician": "Choose who leads the treatment."})
    beginning = Beginning(kind=kind, clinician=clinician, on=get_practice().today(now))
    return take_on_client(
        details=details, beginning=beginning, actor=person, now=now, namesake_is_other=other
    )


class Clients(ResourceList):
    """People whom the reader may see."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)
    log_kind = "client"
    serializer_class = ClientSerializer
    filterset_class = ClientFilter

    def rows(self, person: User) -> QuerySet[Client]:
        return clients_visible_to(person).order_by("family_name", "given_name", "pk")

    @extend_schema(operation_id="clients_list", summary="People whom you may see")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="clients_add",
        summary="Add a person",
        description=(
            "Refused (422) when somebody of this name is known and the two cannot be told apart. "
            "Who sees only people in treatment begins it at once: a case of `case_kind` is opened, led by "
            "`clinician`, or by oneself. For the front desk these two count for nothing."
        ),
        request=ClientShape,
        responses={201: ClientSerializer},
    )
    def post(self, request: Request) -> Response:
        sent = shape(ClientShape, request)
        client = _added(staff(request), sent, now=timezone.now())
        return Response(ClientSerializer(client).data, status=status.HTTP_201_CREATED)


class ClientSearch(Resource):
    """Finding somebody; the words travel in the body, so that no log keeps them."""

    writes: ClassVar[tuple[May, ...]] = Resource.reads
    throttle_scope = "search"

    @extend_schema(
        operation_id="clients_search",
        summary="Find a person by name, number or date of birth",
        description="Typing mistakes are forgiven. At most 20 people, the likeliest first.",
        request=SearchShape,
        responses=ClientSerializer(many=True),
    )
    def post(self, request: Request) -> Response:
        words = shape(SearchShape, request)["words"]
        found = list(clients_visible_to(staff(request)).search(words)[:SEARCH_SHOWS])
        log_view(user=staff(request), kind="client", public_ids=[client.public_id for client in found])
        return Response(ClientSerializer(found, many=True).data)


class OneClient(Resource):
    """One person."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(operation_id="clients_read", summary="One person", responses=ClientDetailSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id)
        log_view(user=person, kind="client", public_ids=[client.public_id])
        return _shown_client(person, client)

    @extend_schema(
        operation_id="clients_change",
        summary="Correct what is known of a person",
        request=ClientChangeShape,
        responses=ClientDetailSerializer,
    )
    def patch(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id, write=True)
        known = {name: getattr(client, name) for name in PERSON}
        sent = shape(ClientChangeShape, request, partial=True)
        change_client(client=client, details=ClientDetails(**(known | sent)), actor=person)
        return _shown_client(person, client)


class ClientAbsence(Resource):
    """Being away: reminders and follow-ups rest, sessions stay."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="clients_away",
        summary="Away for a while",
        request=AbsenceShape,
        responses=ClientDetailSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id, write=True)
        set_away(client=client, **shape(AbsenceShape, request), actor=person)
        return _shown_client(person, client)

    @extend_schema(
        operation_id="clients_back", summary="They are back", request=None, responses=ClientDetailSerializer
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id, write=True)
        come_back(client=client, actor=person)
        return _shown_client(person, client)


class ClientGuardians(Resource):
    """Who stands in for a minor."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="guardians_add",
        summary="Somebody stands in for this minor",
        description="Naming the same adult again replaces what was noted of them.",
        request=GuardianShape,
        responses={201: GuardianshipSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        minor = get_client(person, public_id, write=True)
        sent = shape(GuardianShape, request)
        if sent["guardian"] == minor:
            raise ValidationError({"guardian": "Nobody stands in for themselves."})
        guardianship = add_guardian(minor=minor, **sent, actor=person)
        return Response(GuardianshipSerializer(guardianship).data, status=status.HTTP_201_CREATED)


class OneGuardianship(Resource):
    """One adult's standing in for one minor."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="guardians_end",
        summary="They no longer stand in",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        guardianship = get_guardianship(person, public_id, write=True)
        end_guardianship(guardianship=guardianship, until=get_practice().today(timezone.now()), actor=person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ClientContactPoints(Resource):
    """Somebody's addresses."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="contact_points_add",
        summary="Add an address",
        description="Nothing is sent there before a consent is recorded.",
        request=ContactPointShape,
        responses={201: ContactPointSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id, write=True)
        details = ContactDetails(**shape(ContactPointShape, request))
        contact = add_contact_point(client=client, details=details, actor=person)
        return Response(ContactPointSerializer(contact).data, status=status.HTTP_201_CREATED)


class OneContactPoint(Resource):
    """One address."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="contact_points_change",
        summary="Change an address, or what may be done with it",
        description="Another address is another agreement: consent is asked for anew.",
        request=ContactPointShape,
        responses=ContactPointSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        contact = get_contact_point(person, public_id, write=True)
        details = ContactDetails(**shape(ContactPointShape, request))
        changed = change_contact_point(contact=contact, details=details, actor=person)
        return Response(ContactPointSerializer(changed).data)

    @extend_schema(
        operation_id="contact_points_end", summary="No longer theirs", request=None, responses={204: None}
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        contact = get_contact_point(person, public_id, write=True)
        end_contact_point(contact=contact, actor=person, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Ways(Resource):
    """In which order somebody is reached, calls by machine among them."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="clients_ways", summary="What is tried first", responses=WaySerializer(many=True)
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id)
        log_view(user=person, kind="client", public_ids=[public_id])
        return Response(WaySerializer(ways_of(client), many=True).data)

    @extend_schema(
        operation_id="clients_order_ways",
        summary="Say what is tried first",
        description="A call to a number is made only where it is named here with the channel `voice`.",
        request=WaysShape,
        responses=WaySerializer(many=True),
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id, write=True)
        named = shape(WaysShape, request)["ways"]
        order = [f"{way['contact_point']}:{way['channel']}" for way in named]
        order_ways(client=client, order=order, actor=person)
        return Response(WaySerializer(ways_of(client), many=True).data)


class Consents(Resource):
    """What somebody agreed to, for one address."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="consents_give",
        summary="Record a yes",
        request=ConsentShape,
        responses={201: ContactPointSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        contact = get_contact_point(person, public_id, write=True)
        give_consent(contact=contact, **shape(ConsentShape, request), actor=person, given_at=timezone.now())
        return Response(ContactPointSerializer(contact).data, status=status.HTTP_201_CREATED)


class OneConsent(Resource):
    """One agreement."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="consents_withdraw",
        summary="They no longer agree",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, public_id: UUID, purpose: str) -> Response:
        person = staff(request)
        contact = get_contact_point(person, public_id, write=True)
        withdraw_consent(contact=contact, purpose=purpose, actor=person, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Cases(ResourceList):
    """Cases that the reader may see."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)
    log_kind = "case"
    serializer_class = CaseSerializer
    filterset_class = CaseFilter

    def rows(self, person: User) -> QuerySet[Case]:
        return cases_visible_to(person).with_people().order_by("-opened_on", "-pk")

    @extend_schema(operation_id="cases_list", summary="Cases that you may see")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="cases_open",
        summary="Open a case",
        request=CaseShape,
        responses={201: CaseDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        person = staff(request)
        sent = shape(CaseShape, request)
        members = tuple((member["client"], member["role"]) for member in sent.pop("members"))
        details = CaseDetails(clinicians=tuple(sent.pop("clinicians")), members=members, **sent)
        case = open_case(details=details, on=get_practice().today(timezone.now()), actor=person)
        shown = CaseSerializer(case, context={"request": request})
        return Response(shown.data, status=status.HTTP_201_CREATED)


class OneCase(Resource):
    """One case."""

    @extend_schema(operation_id="cases_read", summary="One case", responses=CaseDetailSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        case = get_case(person, public_id)
        log_view(user=person, kind="case", public_ids=[case.public_id])
        return _shown_case(person, case)


class CaseMembers(Resource):
    """Who is in a case."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="cases_add_member",
        summary="Somebody joins, or is invited to join",
        request=MemberShape,
        responses=CaseDetailSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        case = get_case(person, public_id, write=True)
        today = get_practice().today(timezone.now())
        add_member(case=case, **shape(MemberShape, request), on=today, actor=person)
        return _shown_case(person, case)


urlpatterns: list[Any] = [
    path("clients/", Clients.as_view(), name="clients"),
    path("clients/search/", ClientSearch.as_view(), name="client-search"),
    path("clients/<uuid:public_id>/", OneClient.as_view(), name="client"),
    path("clients/<uuid:public_id>/absence/", ClientAbsence.as_view(), name="client-absence"),
    path("clients/<uuid:public_id>/guardians/", ClientGuardians.as_view(), name="client-guardians"),
    path("guardianships/<uuid:public_id>/", OneGuardianship.as_view(), name="guardianship"),
    path(
        "clients/<uuid:public_id>/contact-points/",
        ClientContactPoints.as_view(),
        name="client-contact-points",
    ),
    path("clients/<uuid:public_id>/ways/", Ways.as_view(), name="client-ways"),
    path("contact-points/<uuid:public_id>/", OneContactPoint.as_view(), name="contact-point"),
    path("contact-points/<uuid:public_id>/consents/", Consents.as_view(), name="consents"),
    path("contact-points/<uuid:public_id>/consents/<slug:purpose>/", OneConsent.as_view(), name="consent"),
    *catalogue_api.urlpatterns,
    *help_api.urlpatterns,
    path("cases/", Cases.as_view(), name="cases"),
    path("cases/<uuid:public_id>/", OneCase.as_view(), name="case"),
    path("cases/<uuid:public_id>/members/", CaseMembers.as_view(), name="case-members"),
    *agreements_api.urlpatterns,
]
