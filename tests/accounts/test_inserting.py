"""Rows that are inserted by a statement planned once."""

import pytest
from django.db import DataError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.inserting import Insertion
from sessions_app.models import Location

pytestmark = pytest.mark.django_db

PLACES = Insertion(Location)


def _place(name: str, **facts: bool) -> Location:
    return Location(name=name, timezone="America/New_York", **facts)


def test_rows_are_written_as_bulk_create_writes_them(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    places = [_place("Main Street"), _place("O'Neil's"), _place("Nowhere", is_active=False)]
    PLACES.write(places[:1])
    with django_assert_num_queries(1):
        PLACES.write(places[1:])
    for place in places:
        kept = Location.objects.get(pk=place.pk)
        for field in Location._meta.concrete_fields:
            assert getattr(kept, field.attname) == getattr(place, field.attname), field.name
        assert not place._state.adding


def test_nothing_to_write_asks_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        PLACES.write([])


def test_what_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(DataError), transaction.atomic():
        PLACES.write([_place("A" * 1_000)])
