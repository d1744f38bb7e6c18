"""The door from a page or the API to staff and to what a person may do at all."""

from collections.abc import Iterable
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.models import ApiToken, Practice, User
from accounts.prepared import Prepared, columns_of, record_of
from accounts.roles import May, Role
from accounts.services import token_digest


def require(user: User, *permissions: May) -> None:
    """Refuse (403) who lacks any of the permissions."""
    if not user.permissions.issuperset(permissions):
        raise PermissionDenied


def staff_visible_to(user: User) -> QuerySet[User]:
    """Everybody on the team, the deactivated included; for practice admins."""
    require(user, May.MANAGE_STAFF)
    return User.objects.all()


def staff_themselves(user: User) -> QuerySet[User]:
    """One's own row: everybody may read that."""
    return User.objects.filter(pk=user.pk)


def get_staff(user: User, public_id: UUID) -> User:
    """One colleague; 404 if there is none, 403 for who does not manage staff."""
    try:
        return staff_visible_to(user).get(public_id=public_id)
    except User.DoesNotExist as error:
        raise Http404 from error


def team(user: User) -> QuerySet[User]:
    """The same, with what their list shows: supervisor and whether they have a second step."""
    return (
        staff_visible_to(user)
        .select_related("supervisor")
        .annotate(has_second_factor=Exists(_factors().filter(user=OuterRef("pk"))))
        .order_by("-is_active", "name", "pk")
    )


def supervisors_of(people: Iterable[User]) -> QuerySet[User]:
    """Those who supervise any of these people, by name."""
    return User.objects.filter(supervisees__in=list(people), is_active=True).distinct().order_by("name")


def supervisors(user: User, *, besides: User | None = None) -> QuerySet[User]:
    """Those under whom a clinician can be placed."""
    found = staff_visible_to(user).filter(is_active=True, roles__contains=[Role.SUPERVISOR])
    return found.exclude(pk=besides.pk) if besides else found


def has_second_factor(user: User) -> bool:
    """Whether this person has an authenticator app or a passkey; recovery codes alone are none."""
    return _factors().filter(user=user).exists()


_SIGNED_IN = Prepared(
    "signed_in",
    f"""
SELECT {columns_of(User, "u")}, p.mfa_required IS TRUE AND NOT EXISTS (
    SELECT FROM mfa_authenticator f WHERE f.user_id = u.id AND f.type IN ('totp', 'webauthn')
) AS lacks_second_factor, p.timezone AS practice_timezone, p.language AS practice_language
FROM accounts_user u LEFT JOIN accounts_practice p ON p.id = 1
WHERE u.id = $1 AND u.is_active
""",  # noqa: S608 - the columns are our own
    values=1,
)


def signed_in(pk: int) -> User | None:
    """Whose sign-in this is, knowing whether they still need a second step, and the practice's zone and language.

    One query; None if gone.
    """
    for *values, lacks_second_factor, practice_timezone, practice_language in _SIGNED_IN.rows(pk):
        user = record_of(User, values)
        user.lacks_second_factor = lacks_second_factor
        user.practice_timezone = practice_timezone
        user.practice_language = practice_language
        return user
    return None


def _lacks(person: str) -> Q:
    """The practice requires a second step that this person has not set up."""
    has_one = Exists(_factors().filter(user=OuterRef(person)))
    return Q(Exists(Practice.objects.filter(pk=1, mfa_required=True))) & ~Q(has_one)


def _factors() -> QuerySet[Authenticator]:
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found: QuerySet[Authenticator] = Authenticator.objects.filter(type__in=strong)
    return found


def colleagues() -> QuerySet[User]:
    """Everybody who works with clients now: to whom something can be handed."""
    who = Q(roles__overlap=[Role.CLINICIAN, Role.FRONT_DESK, Role.SUPERVISOR])
    return User.objects.filter(who, is_active=True)


def clinicians() -> QuerySet[User]:
    """Those who see clients now: what a booking page offers."""
    return User.objects.filter(is_active=True, roles__contains=["clinician"])


def clinicians_seen_by(user: User) -> QuerySet[User]:
    """Those whose caseloads this person may see: everybody's, one's own, or one's team's."""
    if user.may(May.SEE_ALL_SESSIONS):
        return clinicians()
    theirs = Q(pk__in=[])
    if user.may(May.SEE_OWN_CASELOAD):
        theirs |= Q(pk=user.pk)
    if user.may(May.SEE_SUPERVISED):
        theirs |= Q(supervisor=user)
    return clinicians().filter(theirs)


def clinicians_apart(user: User) -> QuerySet[User]:
    """Whose figures this person may see beside another's: everybody's, or those under them; also who has left."""
    require(user, May.SEE_CLINICIANS_APART)
    if user.may(May.SEE_PRACTICE_NUMBERS):
        return User.objects.all()
    theirs = Q(supervisor=user)
    if user.may(May.SEE_OWN_CASELOAD):
        theirs |= Q(pk=user.pk)
    return User.objects.filter(theirs)


def get_clinician(public_id: UUID) -> User:
    """One of those who see clients now; 404 if there is none."""
    found = clinicians().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """One's own API keys."""
    return user.api_tokens.filter(revoked_at=None).order_by("created_at")


def token_of_key(key: str) -> ApiToken | None:
    """The API key that this text is, with its person; None if revoked, or its person deactivated.

    `lacks_second_factor` says, in the same query, whether the practice requires one of its person.
    """
    standing = ApiToken.objects.filter(revoked_at=None, user__is_active=True).select_related("user")
    return standing.filter(digest=token_digest(key)).annotate(lacks_second_factor=_lacks("user")).first()  # type: ignore[no-redef]


def get_token(user: User, public_id: UUID) -> ApiToken:
    """One of one's own API keys; 404 for anybody else's."""
    token = tokens_of(user).filter(public_id=public_id).first()
    if token is None:
        raise Http404
    return token


def names_of(public_ids: Iterable[UUID | str]) -> dict[str, str]:
    """The names of colleagues by public id, as the history of a record shows them."""
    found = User.objects.filter(public_id__in=set(public_ids)).values_list("public_id", "name")
    return {str(public_id): name for public_id, name in found}
