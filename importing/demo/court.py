"""The demonstration's word to a court: a consent on file, and a report that is written and not signed."""

from datetime import datetime, timedelta

from clients.disclosing import BasisDetails, record_basis
from clients.models import DisclosureBasis, DisclosurePart, Mandate
from followups.court_reports import ReportWords, write_report
from followups.models import ReportKind
from importing.demo.practice import Setting

SAYS = (DisclosurePart.ATTENDANCE, DisclosurePart.OUTREACH, DisclosurePart.PLAN)
PLAN = "Weekly sessions on the same day; a call on the evening before, and a session by video when the bus fails."


def write_to_the_court(setting: Setting, *, now: datetime) -> None:
    """Marcus Hale has signed what may be said; his next report waits for his approval and a signature."""
    mandate = Mandate.objects.get(client__given_name="Marcus", client__family_name="Hale")
    luis = setting.clinicians["luis"]
    record_basis(
        mandate=mandate,
        details=BasisDetails(
            kind=DisclosureBasis.Kind.CONSENT,
            discloser=setting.practice.name,
            recipient=mandate.contact_name,
            purpose="To show that the order is kept",
            signed_on=setting.today - timedelta(weeks=10),
            covers=SAYS,
            expires_when="When the order is over",
            reference="Paper file, first sheet",
            says_how_to_revoke=True,
            says_redisclosure=True,
        ),
        actor=luis,
        now=now - timedelta(weeks=10),
    )
    words = ReportWords(
        kind=ReportKind.ROUTINE,
        since_on=setting.today - timedelta(weeks=10),
        until_on=setting.today - timedelta(days=1),
        parts=SAYS,
        reporting_date=mandate.reporting_dates.order_by("due_on").first(),
        plan=PLAN,
    )
    write_report(mandate=mandate, words=words, actor=luis, now=now - timedelta(hours=2))
