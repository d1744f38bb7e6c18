"""What brings people together: an invitation in the client's own name, and what comes later."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Case, CaseMember, Client
from followups.imprint import imprint_of


class Approval(models.TextChoices):
    """How somebody approved an invitation in writing."""

    SIGNED = "signed", _("Signed on paper")
    IN_THE_ROOM = "in_the_room", _("Wrote their name here, in the room")


class GoesTo(models.TextChoices):
    """Where an invitation goes: by default the client takes it home."""

    BY_HAND = "by_hand", _("They hand it over themselves")
    LETTER = "letter", _("A letter, to this address")
    EMAIL = "email", _("An e-mail, to this address")


@pghistory.track()
class Invitation(models.Model):
    """Words with which one member invites another; approved in writing, they stay as they are (row 5.4)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(
        CaseMember, on_delete=models.CASCADE, related_name="invitations", help_text="Who is invited."
    )
    asker = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="+", help_text="In whose name, and who approves."
    )
    language = models.CharField(max_length=5)
    words = models.TextField()
    goes_to = models.CharField(max_length=7, choices=GoesTo, default=GoesTo.BY_HAND)
    address = models.CharField(max_length=254, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_how = models.CharField(max_length=11, choices=Approval, blank=True)
    approved_as = models.CharField(max_length=160, blank=True, help_text="The name under the approval.")
    approval_noted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True, help_text="Handed over, or sent by a person.")
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True, help_text="Other words took their place.")

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["member"], condition=Q(replaced_at=None, given_at=None), name="one_invitation_in_hand"
            ),
            models.CheckConstraint(
                condition=Q(goes_to="by_hand", address="") | ~Q(goes_to="by_hand") & ~Q(address=""),
                name="invitation_by_post_has_an_address",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_how="", approved_as="", approval_noted_by=None)
                | Q(approved_at__isnull=False, approval_noted_by__isnull=False)
                & ~Q(approved_how="")
                & ~Q(approved_as=""),
                name="approval_says_how_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(given_at=None, given_by=None)
                | Q(given_at__isnull=False, given_by__isnull=False, approved_at__isnull=False),
                name="only_approved_words_are_given",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="approved_invitation_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__approved_at__isnull=False)
                & (
                    pgtrigger.Q(old__words__df=pgtrigger.F("new__words"))
                    | pgtrigger.Q(old__address__df=pgtrigger.F("new__address"))
                    | pgtrigger.Q(old__goes_to__df=pgtrigger.F("new__goes_to"))
                    | pgtrigger.Q(old__approved_at__df=pgtrigger.F("new__approved_at"))
                    | pgtrigger.Q(old__approved_as__df=pgtrigger.F("new__approved_as"))
                ),
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.public_id}"

    @property
    def imprint(self) -> str:
        """Of what is approved: the words, and where they go."""
        return imprint_of(self.words, self.goes_to, self.address)

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


@pghistory.track()
class LaterOption(models.Model):
    """Another way, recommended later and never locked, with the day to look at it again (rows 5.3, 5.11)."""

    class Kind(models.TextChoices):
        OWN_THERAPY = "own_therapy", _("Therapy of their own")
        SUPPORT_GROUP = "support_group", _("A support group for couples")
        ALONE = "alone", _("The client alone, for now")

    class State(models.TextChoices):
        IN_VIEW = "in_view", _("In view")
        TAKEN_UP = "taken_up", _("Taken up")
        LET_GO = "let_go", _("Let go")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="later_options")
    member = models.ForeignKey(
        CaseMember, on_delete=models.CASCADE, related_name="later_options", help_text="Whom it is for."
    )
    kind = models.CharField(max_length=13, choices=Kind)
    was_asked_for = models.BooleanField(default=False, help_text="They asked for it: it opens at once.")
    words = models.CharField(max_length=300, blank=True, help_text="The case's clinicians only.")
    revisit_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.IN_VIEW)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("revisit_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["member", "kind"], condition=Q(state="in_view"), name="option_in_view_once"
            ),
            models.CheckConstraint(
                condition=Q(state="in_view", settled_at=None)
                | ~Q(state="in_view") & Q(settled_at__isnull=False),
                name="settled_option_says_when",
            ),
        )
        indexes = (
            models.Index(fields=["revisit_on"], condition=Q(state="in_view"), name="options_to_revisit"),
        )

    def __str__(self) -> str:
        return f"later option {self.public_id}"
