"""Statements that a connection plans once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.access import signed_in
from accounts.models import Practice, User
from accounts.prepared import Prepared, Question, columns_of, record_of, records_of
from accounts.services import get_practice

pytestmark = pytest.mark.django_db

# One of each in a program's life, as everywhere.
DOUBLE = Prepared("test_double", "SELECT $1::int * 2", values=1)
ANSWER = Prepared("test_answer", "SELECT 42", values=0)
THRICE = Prepared("test_thrice", "SELECT $1::int * 3", values=1)
NOWHERE = Prepared("test_nowhere", "SELECT 1 FROM nowhere", values=0)
SAME = Prepared("test_same", "SELECT $1::text", values=1)
BETWEEN = Question(
    "test_between",
    "SELECT word FROM unnest(%(given)s) word WHERE word IN %(ours)s AND length(word) < %(below)s",
    words={"ours": ("call", "letter")},
    below="int",
    given="text[]",
)
USER = Prepared("test_user", f"SELECT {columns_of(User, 'u')} FROM accounts_user u WHERE id = $1", values=1)


def test_a_statement_is_one_query_from_the_first_time_on(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        assert [DOUBLE.rows(2), DOUBLE.rows(3)] == [[(4,)], [(6,)]]


def test_another_connection_prepares_for_itself() -> None:
    assert ANSWER.rows() == [(42,)]
    # A thread has a connection of its own.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(_asked_and_closed).result() == [(42,)]


def test_a_transaction_taken_back_leaves_it_prepared() -> None:
    with transaction.atomic():
        THRICE.rows(2)
        transaction.set_rollback(True)
    assert THRICE.rows(2) == [(6,)]


def test_a_statement_that_cannot_be_prepared_fails_as_any_other() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        NOWHERE.rows()


def test_values_are_values_and_never_part_of_the_statement() -> None:
    assert SAME.rows("'); DROP TABLE accounts_user; --") == [("'); DROP TABLE accounts_user; --",)]


def test_a_record_is_as_a_query_would_have_loaded_it(amara: User) -> None:
    [values] = USER.rows(amara.pk)
    found = record_of(User, values)
    assert _fields(found) == _fields(User.objects.get(pk=amara.pk))
    assert not found._state.adding


def test_a_question_takes_its_values_by_name_and_its_own_words_as_they_are() -> None:
    asked = {"given": ["call", "text", "letter"], "below": 5, "besides": "not asked for"}
    assert BETWEEN.answers(asked) == [("call",)]
    assert BETWEEN.answers(asked | {"below": 10}) == [("call",), ("letter",)]


def test_records_of_several_models_are_read_from_one_row(practice: Practice, amara: User) -> None:
    both = Prepared(
        "test_both",
        f"SELECT {columns_of(Practice, 'p')}, {columns_of(User, 'u')} FROM accounts_practice p, accounts_user u"
        " WHERE u.id = $1",
        values=1,
    )
    [values] = both.rows(amara.pk)
    found_practice, found_user = records_of((Practice, User), values)
    assert _fields(found_practice) == _fields(Practice.objects.get())
    assert _fields(found_user) == _fields(User.objects.get(pk=amara.pk))


def test_who_signs_in_and_the_practice_are_read_whole(practice: Practice, amara: User) -> None:
    assert _fields(get_practice()) == _fields(Practice.objects.get())
    assert _fields(signed_in(amara.pk)) == _fields(User.objects.get(pk=amara.pk))


def _asked_and_closed() -> list[tuple[object, ...]]:
    try:
        return ANSWER.rows()
    finally:
        connection.close()


def _fields(record: User | Practice | None) -> dict[str, object]:
    assert record
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
