"""What those treated together agreed, in writing, about what one of them says without the other."""

import pghistory
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from accounts.models import User
from clients.models.cases import Case

# What the law, or a life, asks for everywhere: where a couple begins to write their own.
USUAL_LIMITS = {
    "danger": gettext_noop("If somebody's life is in danger, I will tell whoever can help."),
    "abuse": gettext_noop("If a child, or an adult who needs protection, is being harmed, I must report it."),
    "court_order": gettext_noop("If a court orders it, I may have to answer. I will tell you before I do."),
}


@pghistory.track()
class ConfidentialityPolicy(models.Model):
    """The signed policy of one case, in the words in which it is said aloud (row 1.6).

    The history keeps every wording; what was read out in a session is copied there.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="confidentiality")
    wording = models.TextField(help_text="What stays with the one who says it, as they both signed it.")
    danger = models.CharField(max_length=300, help_text="The limit when somebody is in danger.")
    abuse = models.CharField(max_length=300, help_text="The limit when somebody is being harmed.")
    court_order = models.CharField(max_length=300, help_text="The limit when a court orders it.")
    signed_on = models.DateField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "confidentiality policies"

    def __str__(self) -> str:
        return f"confidentiality policy of case {self.case_id}"

    @property
    def limits(self) -> tuple[str, str, str]:
        """What cannot stay private, in the order in which it is said."""
        return self.danger, self.abuse, self.court_order
