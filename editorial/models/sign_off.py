"""Who speaks for an authority, and what they said of one text."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from boroughs.models import Borough
from editorial.models.questions import AskedByMail
from submissions.models import Submission


class Role(models.TextChoices):
    DCS = "dcs", "Director of Children’s Services"
    PRACTICE_LEADER = "practice-leader", "Practice Leader"


class Signatory(models.Model):
    """The person who signs off for an authority in one of the two roles. Shown to LIIA only, never to readers."""

    borough = models.ForeignKey(Borough, on_delete=models.PROTECT, related_name="signatories")
    role = models.CharField(max_length=20, choices=Role)
    name = models.CharField(max_length=150)
    email = models.EmailField("e-mail address")

    class Meta:
        ordering = ["borough", "role"]
        verbose_name_plural = "signatories"
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "role"],
                name="one_signatory_per_role",
                violation_error_message="This authority already has somebody in this role. Change that record instead.",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.get_role_display()} of {self.borough}"

    def clean(self):
        """Nobody at the desk writes down an address at which the link that signs for an authority reaches the desk."""
        if self.borough_id and self.email and (problem := self.outside or self.at_desk):
            raise ValidationError({"email": problem})

    @property
    def outside(self):
        """A sentence if the address is none of the authority's own; else ""."""
        if self.borough.is_own_address(self.email):
            return ""
        domains = ", ".join(self.borough.email_domains) or "none is known"
        return (
            f"{self.email} is no address of {self.borough}’s own ({domains}), and the link that signs for it goes "
            "nowhere else. If a domain is missing there, ask the person who runs the site to add it (add_email_domain)."
        )

    @property
    def at_desk(self):
        """A sentence if somebody who works at the desk reads the mails to this address; else ""."""
        people = get_user_model().objects.exclude(email="").values_list("email", flat=True)
        if mailbox(self.email) not in map(mailbox, people):
            return ""
        return (
            f"{self.email} is the address of somebody who has an account at the desk. Nobody there may sign for an "
            f"authority: write down the {self.get_role_display()}’s own address."
        )


def mailbox(email):
    """The address by which a mail server knows it: in one case, without what follows a plus."""
    name, _, domain = email.casefold().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


class SignOffQuerySet(models.QuerySet):
    def standing(self):
        """Neither revoked nor void: asked and not answered yet, or answered and still good."""
        return self.filter(revoked_at__isnull=True, voided_at__isnull=True)

    def wanting_correction(self):
        """Approvals with a correction that LIIA has not acted on: the last word of that role, void or not. A question
        that was asked later and taken back unanswered is no word."""
        later = self.model.objects.filter(
            submission=OuterRef("submission"), borough=OuterRef("borough"), role=OuterRef("role"), pk__gt=OuterRef("pk")
        ).exclude(answer="", revoked_at__isnull=False)
        asked = self.filter(answer=self.model.Answer.CORRECTED, correction_made_at__isnull=True)
        return asked.exclude(Exists(later))


class SignOff(AskedByMail):
    """One person's answer to one text. The text is bound by its fingerprint; `claims` is what that person was shown."""

    class Answer(models.TextChoices):
        APPROVED = "approved", "Approved"
        CORRECTED = "corrected", "Approved with a correction"
        NOT_YET = "not-yet", "Not yet"

    class Basis(models.TextChoices):
        MAIL = "mail", "Answered through the link in a mail"
        RECORDED = "recorded", "Recorded at LIIA’s desk"
        PAGE = "page", "As the published page states"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="sign_offs")
    borough = models.ForeignKey(Borough, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.MAIL)
    fingerprint = models.CharField(max_length=64)
    claims = models.JSONField(editable=False)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    note = models.TextField(blank=True, help_text="The correction, the reason, or how LIIA received the answer.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    follows = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="followed_by",
        help_text="The last question about this entry that the same person saw: this one shows what changed since.",
    )
    correction_made_at = models.DateTimeField(null=True, blank=True, editable=False)
    correction_reason = models.TextField(
        blank=True, editable=False, help_text="Why LIIA did not change the text. Shown to the person who asked."
    )
    reminders = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How many reminders went out by themselves."
    )
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True, editable=False)
    void_because = models.CharField(max_length=500, blank=True, editable=False)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["borough", "role", "-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False) | Q(basis="page"), name="answer_has_its_day"
            ),
            models.UniqueConstraint(
                fields=["submission", "borough", "role"],
                condition=Q(revoked_at__isnull=True, voided_at__isnull=True),
                name="one_standing_sign_off_per_role",
            ),
        ]

    def __str__(self):
        return f"{self.who} of {self.borough}: {self.where_it_stands}"

    @property
    def who(self):
        return f"{self.name}, {self.get_role_display()}" if self.name else self.get_role_display()

    @property
    def who_in_full(self):
        return (
            f"{self.name} ({self.get_role_display()} of {self.borough})"
            if self.name
            else f"the {self.get_role_display()} of {self.borough}"
        )

    @property
    def is_approval(self):
        """Whether it counts. An approval with a correction never does: that person is asked again."""
        return self.answer == self.Answer.APPROVED and not (self.voided_at or self.revoked_at)

    @property
    def asked_for(self):
        """The approval with a correction that this question comes back to, or None."""
        return self.follows if self.follows and self.follows.answer == self.Answer.CORRECTED else None

    @property
    def where_it_stands(self):
        """In words."""
        if self.voided_at:
            return f"Void: {self.void_because}"
        if self.answer:
            return self.get_answer_display()
        return {"expired": "Link expired, no answer", "revoked": "Link withdrawn"}.get(self.link_problem, "Waiting")

    @property
    def link_problem(self):
        """As of any question; and a link that was sent to somebody whose address is no longer written down for the
        role opens nothing."""
        problem = super().link_problem
        return problem or ("" if self.is_with_signatory else "revoked")

    @property
    def is_with_signatory(self):
        """Whether the question went to the address that is written down for the role now."""
        people = Signatory.objects.filter(borough=self.borough_id, role=self.role, email__iexact=self.email)
        return not self.email or people.exists()

    @property
    def days_waiting(self):
        return (timezone.now() - self.asked_at).days
