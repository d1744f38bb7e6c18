"""The invented staff and clients of the demonstration practice.

Phone numbers are from the range 555-0100 to 555-0199, which is reserved for fiction; e-mail
addresses end in the reserved domains example.org and example.com.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from accounts.models import User
from accounts.roles import Role
from accounts.services import StaffDetails
from clients.models import Client, Consent, ConsentPurpose, ContactPoint

PASSWORD = "kept-demo-only"  # noqa: S105 - printed at every start; the data is invented
AREAS = ("212", "312", "415", "617", "713")


@dataclass(frozen=True)
class Colleague:
    """Somebody who signs in to the demonstration."""

    mail: str
    name: str
    credentials: str
    roles: tuple[str, ...]


COLLEAGUES = (
    Colleague("amara", "Dr. Amara Okafor", "PsyD", (Role.CLINICIAN,)),
    Colleague("luis", "Luis Herrera", "LCSW", (Role.CLINICIAN,)),
    Colleague("priya", "Priya Nair", "LMFT", (Role.CLINICIAN,)),
    Colleague("tom", "Tom Becker", "LPC", (Role.CLINICIAN,)),
    Colleague("fran", "Fran Castillo", "", (Role.FRONT_DESK,)),
    Colleague("sam", "Sam Whitfield", "", (Role.FRONT_DESK,)),
    Colleague("dana", "Dana Reyes", "PhD", (Role.SUPERVISOR,)),
    Colleague("ari", "Ari Lindqvist", "", (Role.PRACTICE_ADMIN,)),
)

# One string a clinician: the individual clients. Two are called Sam Ortega, born in different years.
INDIVIDUALS = {
    "amara": "Rosa Mendes, Daniel Cho, Imani Wright, Sofia Albrecht, Noor Rahman, Peter Lindgren,"
    " Alma Castro, Ruth Abara, Elena Petrova, Victor Amsel, Joan Whitaker, Malik Jones, Bea Lund",
    "luis": "Marcus Hale, Wen Li, Omar Haddad, Grace Obi, Andre Fuller, Rita Solano, Dean Kowalski,"
    " Carmen Vega, Theo Marsh, Lucia Navarro, Sam Ortega, Mateo Ruiz, Hannah Pryce",
    "priya": "Tess Laurent, Karim Aziz, June Park, Leo Brandt, Anil Mehta, Chloe Dubois, Yuki Tanaka,"
    " Nadia Haas, Owen Price, Farah Nasser, Iris Novak, Paolo Conti, Mira Das",
    "tom": "Vera Stone, Hugo Marsh, Isaac Bloom, Dina Rossi, Kai Jensen, Mia Torres, Ben Archer,"
    " Lena Fischer, Oscar Wilde-Green, Tara Singh, Sam Ortega, Zoe Martin, Eli Roth",
}
COUPLES = {
    "amara": (("Maya Field", "Jonah Field"), ("Clara Voss", "Nils Voss"), ("Ines Prado", "Dario Prado")),
    "luis": (("Kate Monroe", "Will Monroe"),),
    "priya": (("Ana Duarte", "Rui Duarte"), ("Amy Tran", "Jo Tran")),
    "tom": (("Greta Holm", "Piet Holm"),),
}
FAMILIES = {
    "luis": (("Nora Quinn", "Pete Quinn", "Ella Quinn"),),
    "priya": (("Sara Okoye", "Ada Okoye", "Chidi Okoye", "Ngozi Okoye"),),
}
GROUP = "Uma Larsen, Rob Haines, Pia Costa, Ned Barlow, Gil Sharon, Eva Winter, Al Draper, Kim Sutter"

SPANISH = {
    "Carmen Vega",
    "Lucia Navarro",
    "Mateo Ruiz",
    "Alma Castro",
    "Rita Solano",
    "Mia Torres",
    "Ines Prado",
    "Dario Prado",
}
ELSEWHERE = {
    "Yuki Tanaka": "Pacific/Honolulu",
    "Paolo Conti": "America/Denver",
    "Iris Novak": "America/Phoenix",
}
CALLED = {"Marcus Hale": "Marc", "Elena Petrova": "Lena"}
MINORS = {"Ella Quinn": date(2014, 5, 2), "Ben Archer": date(2011, 9, 14), "Ngozi Okoye": date(2012, 1, 30)}
ADDICTION = {"Andre Fuller", "Kate Monroe"}
# Their mails carry the link to their own page; the texts that ship have no room for one.
BY_MAIL = {"Noor Rahman", "Wen Li", "June Park", "Lucia Navarro", "Rita Solano"}
WITHOUT_CONSENT = {"Dean Kowalski", "Zoe Martin"}


def staff_details(colleague: Colleague, supervisor: User | None) -> StaffDetails:
    """How a colleague is invited; the clinicians have the supervisor above them."""
    return StaffDetails(
        email=f"{colleague.mail}@lakeside.example.com",
        name=colleague.name,
        roles=list(colleague.roles),
        credentials=colleague.credentials,
        supervisor=supervisor if Role.CLINICIAN in colleague.roles else None,
    )


class Cast:
    """Hands out invented people, each with a number and a mailbox of their own."""

    def __init__(self, today: date, zone: str) -> None:
        self.today = today
        # They live where the practice is: by their numbers alone it would be night there, and nothing would go out.
        self.zone = zone
        self._count = 0

    def person(self, name: str) -> Client:
        """A client with a mobile number and an e-mail address, and mostly with consent."""
        given, family = name.rsplit(" ", 1)
        born_on = MINORS.get(name)
        client = Client.objects.create(
            given_name=given,
            family_name=family,
            name_used=CALLED.get(name, ""),
            language="es" if name in SPANISH else "en",
            timezone=ELSEWHERE.get(name, self.zone),
            born_on=born_on,
            birth_year=born_on.year if born_on else 1950 + (self._count * 7) % 50,
        )
        if born_on is None:
            self._addresses(client, agreed=name not in WITHOUT_CONSENT, by_mail=name in BY_MAIL)
        return client

    def _addresses(self, client: Client, *, agreed: bool, by_mail: bool) -> None:
        mail = f"{client.given_name}.{client.family_name}.{self._count}@example.org".lower()
        contacts = [
            ContactPoint(
                client=client, kind="phone", address=self._number(), label="mobile", position=int(by_mail)
            ),
            ContactPoint(
                client=client, kind="email", address=mail, position=int(not by_mail), is_private=True
            ),
        ]
        ContactPoint.objects.bulk_create(contacts)
        if agreed:
            Consent.objects.bulk_create(
                Consent(contact_point=contact, purpose=purpose, how="signed", given_at=self._signed())
                for contact in contacts
                for purpose in ConsentPurpose
            )

    def _number(self) -> str:
        self._count += 1
        return f"+1{AREAS[self._count // 100]}55501{self._count % 100:02d}"

    def _signed(self) -> datetime:
        return datetime.combine(self.today - timedelta(weeks=14), time(12), tzinfo=UTC)
