"""What of this room belongs to a person, when two records of one are merged."""

from attendance.models import AttendanceRecord, FeeExemption, TermsTold
from clients.moving import Belonging

# Who was told of the same terms in both records, or is exempt in both, was and is: one row says it.
BELONGINGS = (
    Belonging(AttendanceRecord, case="participant__session__case"),
    Belonging(TermsTold),
    Belonging(FeeExemption),
)
