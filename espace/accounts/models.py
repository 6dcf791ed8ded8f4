"""People who sign in, and the journal of who did what."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Pictogram


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts without a password: nobody has one here."""

    def create_account(
        self, *, email: str | None, first_name: str, initial: str = "", pictogram: str = ""
    ) -> "Account":
        account = self.model(
            email=self.normalize_email(email).lower() if email else None,
            first_name=first_name,
            initial=initial,
            pictogram=pictogram,
        )
        account.set_unusable_password()
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Someone who signs in: a first name and one initial, never a surname."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("adresse e-mail"), unique=True, null=True, blank=True)
    first_name = models.CharField(_("prénom ou surnom"), max_length=40)
    initial = models.CharField(_("première lettre du nom"), max_length=2, blank=True)
    pictogram = models.CharField(
        _("pictogramme"), max_length=12, choices=Pictogram, default=Pictogram.NONE, blank=True
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    demonstration_role = models.CharField(max_length=20, blank=True, db_index=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """First name and initial, e.g. « Nadia B. »."""
        return f"{self.first_name} {self.initial}." if self.initial else self.first_name


class KeptForm(models.Model):
    """What a person was typing when their session ended, offered to nobody else."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=500)
    fields = models.JSONField()
    had_files = models.BooleanField(default=False)
    kept_at = models.DateTimeField()


class OpenSession(AbstractBaseSession):
    """A browser where someone is signed in, or where a visitor's form waits.

    Written by ``espace.accounts.sessions``. Neither IP nor user agent: a few words on the device.
    """

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    handle = models.UUIDField(null=True, db_index=True)
    device = models.CharField(_("appareil"), max_length=60, blank=True)
    opened_at = models.DateTimeField(null=True)
    seen_on = models.DateField(null=True)


class InstitutionIdentity(models.Model):
    """An account known to an identity provider: (issuer, sub), never the e-mail, is the key."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_per_identity"),
            models.UniqueConstraint(fields=["issuer", "account"], name="one_identity_per_account"),
        ]


class JournalEntry(models.Model):
    """Who did what, when, on what kind of thing: never the content. Rows are only added.

    ``number``, ``mark`` and ``digest`` chain the lines of one GEM (``espace.accounts.chain``); a
    line older than the chain has no number. ``forgotten``: its person, or the person it was about,
    was erased.
    """

    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    device_id = models.UUIDField(null=True)
    gem_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=60)
    thing = models.CharField(max_length=40, blank=True, db_index=True)
    number = models.PositiveBigIntegerField(null=True)
    mark = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    forgotten = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="journal_gem_time", fields=["gem_id", "-at"])
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_line_a_number", fields=["gem_id", "number"]),
            models.UniqueConstraint(
                name="one_line_a_number_without_gem",
                fields=["number"],
                condition=Q(gem_id__isnull=True),
            ),
        ]


class JournalStart(models.Model):
    """Where a chain of the journal begins, once its oldest lines were let go."""

    chain = models.CharField(primary_key=True, max_length=36)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
