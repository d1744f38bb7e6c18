"""What the addresses of the API have in common: how they are opened, log views, and refer to records."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.fields import ListField, UUIDField
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from accounts.audit import log_view
from accounts.models import User
from accounts.permissions import SEES_CLIENTS, Permits, staff
from accounts.roles import May


class Resource(APIView):
    """One address of the API; `reads` and `writes` name the permissions that open it."""

    permission_classes = (Permits,)
    reads: ClassVar[tuple[May, ...]] = SEES_CLIENTS
    writes: ClassVar[tuple[May, ...]] = ()


class ClinicalResource(Resource):
    """One address for who reads clinical words; the desk and who only manages are refused."""

    reads: ClassVar[tuple[May, ...]] = (May.SEE_CLINICAL_WORDS,)
    writes: ClassVar[tuple[May, ...]] = (May.SEE_CLINICAL_WORDS,)


class ResourceList(ListAPIView[Any]):
    """A list in pages, with one row in the view log for what a page showed."""

    permission_classes = (Permits,)
    reads: ClassVar[tuple[May, ...]] = SEES_CLIENTS
    writes: ClassVar[tuple[May, ...]] = ()
    # What the log calls these rows; empty for lists that name nobody.
    log_kind: ClassVar[str] = ""

    def rows(self, person: User) -> QuerySet[Any]:
        """The rows that this person may see, from `access.py`."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):  # the schema is drawn with nobody signed in
            return _no_rows(self)
        return self.rows(staff(self.request))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        rows: list[Any] = list(page or ())
        if rows and self.log_kind:
            log_view(user=staff(request), kind=self.log_kind, public_ids=[row.public_id for row in rows])
        return self.get_paginated_response(self.shown(rows))

    def shown(self, rows: Sequence[Any]) -> Any:
        """A page of rows in the API's form."""
        return self.get_serializer(rows, many=True).data


def _no_rows(view: ResourceList) -> QuerySet[Any]:
    described = view.filterset_class if hasattr(view, "filterset_class") else view.get_serializer_class()
    model: type[Model] = described.Meta.model  # type: ignore[union-attr]  # both libraries' idiom
    return model._default_manager.none()


class Reference(UUIDField):
    """The public id of a record that the person at the other end may see.

    What they may not see is refused in the same words as what does not exist.
    """

    def __init__(self, visible_to: Callable[[User], QuerySet[Any]], **options: Any) -> None:
        super().__init__(**options)
        self.visible_to = visible_to

    def to_internal_value(self, data: Any) -> Any:
        public_id = super().to_internal_value(data)
        found = self.visible_to(staff(self.context["request"])).filter(public_id=public_id).first()
        if found is None:
            raise ValidationError(_("There is nothing with this id, or it is not yours to see."))
        return found

    def to_representation(self, value: Any) -> str:
        return str(value.public_id)


class References(ListField):
    """Several of them, each once."""

    def __init__(self, visible_to: Callable[[User], QuerySet[Any]], **options: Any) -> None:
        super().__init__(child=Reference(visible_to), **options)
        self.visible_to = visible_to

    def to_internal_value(self, data: Any) -> list[Any]:
        return list(dict.fromkeys(super().to_internal_value(data)))


def shape(serializer: type[Serializer[Any]], request: Request, **options: Any) -> dict[str, Any]:
    """What was sent, in the shape that the serializer names; refuses anything else (422)."""
    sent = serializer(data=request.data, context={"request": request}, **options)
    sent.is_valid(raise_exception=True)
    validated: dict[str, Any] = sent.validated_data
    return validated
