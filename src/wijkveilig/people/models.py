"""Accounts (installation-wide), and what they are in a municipality."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from wijkveilig.people.rules import Role


class Account(AbstractBaseUser):
    """Someone who can sign in, in any municipality where she has a role. Known by e-mail address, no user name."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="account_email_is_written_in_small_letters"),
            models.CheckConstraint(condition=~Q(name=""), name="account_has_a_name"),
        ]


class Organisation(models.Model):
    """An organisation whose people work here: the municipality itself or a partner."""

    municipality = models.ForeignKey("scope.Municipality", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "id"], name="organisation_is_found_by_municipality_and_id"),
            models.UniqueConstraint(fields=["municipality", "name"], name="organisation_name_is_used_once"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
        ]


class RoleAssignment(models.Model):
    """A role (rol) that an account has in a municipality, for an organisation, from a start until an end."""

    municipality = models.ForeignKey("scope.Municipality", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "id"], name="role_assignment_is_found_by_municipality_and_id"
            ),
            models.UniqueConstraint(
                fields=["municipality", "account", "role"],
                condition=Q(ends_at__isnull=True),
                name="an_account_has_a_role_open_only_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="role_assignment_does_not_end_before_it_starts",
            ),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="role_is_a_known_role"),
        ]
        indexes = [models.Index(fields=["municipality", "account"], name="roles_of_an_account")]


class SignInAttempt(models.Model):
    """A try to sign in that has not succeeded; `key` is a keyed hash of e-mail and network address, never the two."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="attempts_of_a_key")]
