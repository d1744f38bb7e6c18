"""What gets in the way of coming, and what can help."""

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.shipped_words import as_shipped


class BarrierGroup(models.TextChoices):
    """The four groups of row 2.1, and the two answers that are none of them."""

    LOGISTICAL = "logistical", _("Getting there")
    FINANCIAL = "financial", _("Money")
    EMOTIONAL = "emotional", _("How it feels")
    LIFE = "life", _("Life")
    NOT_SAID = "not_said", _("Not known")


class Barrier(models.Model):
    """One thing that keeps people away; the list is the practice's to extend."""

    code = models.SlugField(unique=True)
    group = models.CharField(max_length=10, choices=BarrierGroup)
    label = models.CharField(max_length=60)
    icon = models.CharField(max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_own = models.BooleanField(
        default=False, db_default=False, help_text="Added by this practice; the others stay as they are."
    )

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(Lower("label"), name="barrier_of_one_name"),)

    def __str__(self) -> str:
        return as_shipped(self.label)

    @property
    def is_practical(self) -> bool:
        """Help with it is something that a desk arranges; all else is for clinicians."""
        return self.group == BarrierGroup.LOGISTICAL


class Resource(models.Model):
    """Help that the practice can point to: transport, childcare, a support group."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    details = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    url = models.URLField(blank=True)
    barriers = models.ManyToManyField(Barrier, blank=True, related_name="resources")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Strategy(models.Model):
    """Something that helps people to come, to be agreed on with them; the practice may add its own."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(
        null=True, blank=True, unique=True, help_text="Of those that Kept came with; empty for own ones."
    )
    name = models.CharField(max_length=80)
    details = models.CharField(max_length=300, blank=True, help_text="How one goes about it.")
    icon = models.CharField(max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(default=100)
    barriers = models.ManyToManyField(Barrier, blank=True, related_name="strategies")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "name", "pk")
        verbose_name_plural = "strategies"

    def __str__(self) -> str:
        return as_shipped(self.name)
