from typing import Any

from bson import ObjectId
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from apps.accounts import services
from apps.accounts.models import (
    DataExport,
    Link,
    LogIn,
    Passkey,
    Preference,
    SecondFactor,
    Session,
    User,
)
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common.admin import LiteralSearchMixin, NoDirectWritesAdmin
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.common.clock import utc_now
from apps.common.errors import ForbiddenError
from apps.common.money import money_text

# Who may do more or less has to log in again: tokens are of before.
RIGHTS = frozenset({"is_staff", "is_superuser", "groups"})


class OneselfSuspendedError(ForbiddenError):
    sentence = "You cannot suspend yourself."


class SuperuserNeededError(ForbiddenError):
    sentence = "Only superusers can suspend superusers."


def _suspend(context: ActionContext) -> None:
    if context.id == context.staff_id:
        raise OneselfSuspendedError
    both = User.objects.filter(pk__in=[context.id, context.staff_id], is_superuser=True)
    superusers = {user.pk for user in both}
    if context.id in superusers and context.staff_id not in superusers:
        raise SuperuserNeededError
    services.user_suspend(
        user_id=context.id, now=context.now, reason=context.reason, staff_id=context.staff_id
    )


def _restore(context: ActionContext) -> None:
    services.user_restore(user_id=context.id, now=context.now, staff_id=context.staff_id)


@admin.register(User)
class UserAdmin(NoDirectWritesAdmin):
    """Names and staff rights can be edited; `is_active` only by the actions."""

    editable = True
    list_display = ("email", "username", "user_type", "is_active", "is_staff", "created_at")
    list_filter = ("user_type", "is_active", "is_staff", "is_superuser")
    ordering = ("-id",)
    search_fields = ("=id", "^email", "^username", "=source_id")
    search_help_text = "An id, or the beginning of an e-mail or a user name."
    fields = (
        ("username", "email"),
        "user_type",
        ("first_name", "last_name"),
        "phone",
        "about",
        "is_active",
        ("is_staff", "is_superuser"),
        "groups",
        "source_id",
        ("last_login", "created_at", "updated_at"),
    )
    readonly_fields = (
        "username",
        "email",
        "user_type",
        "about",
        "is_active",
        "source_id",
        "last_login",
        "created_at",
        "updated_at",
    )
    service_actions = (
        ServiceAction(
            name="suspend",
            label="Suspend",
            right="accounts.suspend_user",
            run=_suspend,
            warning="These users are logged out at once and cannot log in until restored. Their "
            "listings take no bookings from now on, and requests that wait are closed. Stays ahead "
            "stay until you decide about them on the page of the suspension.",
            offered=lambda user: user.is_active,
            needs_reason=True,
        ),
        ServiceAction(
            name="restore",
            label="Restore",
            right="accounts.suspend_user",
            run=_restore,
            warning="These users can log in again, and their listings are as they were. Bookings "
            "that were declined or cancelled meanwhile stay so.",
            offered=lambda user: not user.is_active,
        ),
    )

    @admin.display(description="profile")
    def about(self, user: User) -> str:
        profile = user.profile
        known = (profile.city, profile.country, ", ".join(profile.languages), profile.about_me)
        return " · ".join(filter(None, known)) or "-"

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> Any:
        """Nobody gives themselves rights: who may not give them cannot edit these fields."""
        user: Any = request.user
        if user.is_superuser:
            return self.readonly_fields
        roles = () if user.has_perm("accounts.assign_roles") else ("is_staff", "groups")
        return (*self.readonly_fields, "is_superuser", *roles)

    def save_model(self, request: HttpRequest, obj: User, form: forms.Form, change: Any) -> None:
        """Saves only what was edited: a suspension in the meantime is not undone."""
        names = [name for name in form.changed_data if name != "groups"]
        if names:
            obj.save(update_fields=[*names, "updated_at"])
        changed = RIGHTS.intersection(form.changed_data)
        if changed:
            staff_id = ObjectId(str(request.user.pk))
            details = {"changed": ", ".join(sorted(changed))}
            security_event(
                Kind.ROLES_CHANGED,
                user_id=ObjectId(str(obj.pk)),
                actor_id=staff_id,
                now=utc_now(),
                details=details,
            )
            own = str(request.session.session_key) if obj.pk == request.user.pk else ""
            services.tokens_end(user_id=ObjectId(str(obj.pk)), now=utc_now(), keep=own)


@admin.register(Preference)
class PreferenceAdmin(NoDirectWritesAdmin):
    list_display = ("user", "home_city", "guests", "pace", "price", "updated_at")
    list_filter = ("pace",)
    list_select_related = ("user",)
    ordering = ("-updated_at",)
    search_fields = ("=user", "^home_city")
    search_help_text = "The id of a user, or the beginning of a home city."

    @admin.display(description="most for a night")
    def price(self, preference: Preference) -> str:
        most = preference.max_price_per_night
        return "any" if most is None else money_text(most, preference.currency)


def _end(context: ActionContext) -> None:
    services.session_end(session_id=context.id)


@admin.register(Session)
class SessionAdmin(NoDirectWritesAdmin):
    """A key lets in whoever has it: pages show only how it begins."""

    list_display = ("masked", "user", "created_at", "expires_at")
    list_select_related = ("user",)
    ordering = ("-created_at",)
    search_fields = ("=user",)
    search_help_text = "The id of a user."
    fields = ("masked", "user", "created_at", "expires_at")
    service_actions = (
        ServiceAction(
            name="end",
            label="End",
            right="accounts.end_session",
            run=_end,
            warning="Whoever uses these sessions is logged out.",
        ),
    )

    @admin.display(description="session")
    def masked(self, session: Session) -> str:
        return f"{session.pk[:4]}…"


def _switch_off(context: ActionContext) -> None:
    services.second_factor_remove(user_id=context.id, actor_id=context.staff_id, now=context.now)


@admin.register(SecondFactor)
class SecondFactorAdmin(NoDirectWritesAdmin):
    """Neither the secret nor the hashes are shown."""

    list_display = ("user", "confirmed_at", "failures", "retry_at")
    list_select_related = ("user",)
    ordering = ("-created_at",)
    search_fields = ("=user",)
    search_help_text = "The id of a user."
    fields = ("user", ("created_at", "confirmed_at"), "recovery_left", ("failures", "retry_at"))
    service_actions = (
        ServiceAction(
            name="switch_off",
            label="Switch off",
            right="accounts.reset_second_factor",
            run=_switch_off,
            warning="These users log in by their password alone, staff set up a new second factor "
            "then. Make sure that it is them who ask for it.",
            offered=lambda factor: factor.confirmed_at is not None,
            needs_reason=True,
        ),
    )

    @admin.display(description="recovery codes left")
    def recovery_left(self, factor: SecondFactor) -> int:
        return len(factor.recovery_hashes)


def _remove_passkey(context: ActionContext) -> None:
    services.passkey_remove(
        passkey_id=context.id, actor_id=context.staff_id, device="Our support", now=context.now
    )


@admin.register(Passkey)
class PasskeyAdmin(NoDirectWritesAdmin):
    """Neither the key nor its id is shown."""

    list_display = ("name", "user", "is_synced", "created_at", "used_at")
    list_filter = ("is_synced", "created_at")
    list_select_related = ("user",)
    ordering = ("-id",)
    search_fields = ("=id", "=user")
    search_help_text = "The id of a passkey or of a user."
    fields = (
        "user",
        "name",
        ("created_at", "used_at", "sign_count"),
        ("model_id", "transports"),
        ("can_sync", "is_synced"),
    )
    service_actions = (
        ServiceAction(
            name="remove",
            label="Remove",
            right="accounts.remove_passkey",
            run=_remove_passkey,
            warning="These passkeys log nobody in any more, and their owners hear of it by e-mail. "
            "Make sure that it is them who ask for it. Log-ins that they began go on: end them "
            "among the sessions.",
            needs_reason=True,
        ),
    )


def _end_log_in(context: ActionContext) -> None:
    services.log_in_end(log_in_id=context.id, now=context.now)


@admin.register(LogIn)
class LogInAdmin(NoDirectWritesAdmin):
    """Of what lets somebody in nothing is shown: not the seed, and no id leads to a token."""

    list_display = ("device", "user", "kind", "address", "used_at", "expires_at", "ended_at")
    list_filter = ("kind", "used_at")
    list_select_related = ("user",)
    ordering = ("-used_at",)
    search_fields = ("=user", "=address")
    search_help_text = "The id of a user, or an address."
    fields = (
        "user",
        ("kind", "device", "address"),
        ("created_at", "used_at", "expires_at", "ended_at"),
        ("rotation", "rotated_at"),
    )
    service_actions = (
        ServiceAction(
            name="end",
            label="End",
            right="accounts.end_session",
            run=_end_log_in,
            warning="Whoever uses these sessions is logged out at once, their programs too.",
            offered=lambda log_in: log_in.ended_at is None,
        ),
    )


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(LiteralSearchMixin, DjangoGroupAdmin, ModelAdmin):
    search_fields = ("^name",)


@admin.register(DataExport)
class DataExportAdmin(NoDirectWritesAdmin):
    """How far exports are; never what is in them."""

    list_display = ("person", "state", "done", "total", "size", "created_at", "expires_at")
    list_filter = ("state",)
    ordering = ("-id",)
    search_fields = ("=id", "=user")
    search_help_text = "The id of an export or of a user."

    @admin.display(description="user")
    def person(self, export: DataExport) -> str:
        return str(export.user_id)


@admin.register(Link)
class LinkAdmin(NoDirectWritesAdmin):
    """Which links were mailed and still work; never what one is made of."""

    list_display = ("purpose", "person", "address", "created_at", "expires_at")
    list_filter = ("purpose",)
    ordering = ("-created_at",)
    search_fields = ("=user", "=address")
    search_help_text = "The id of a user, or an address."
    fields = ("purpose", "person", "address", ("created_at", "expires_at"))

    @admin.display(description="user")
    def person(self, link: Link) -> str:
        return str(link.user_id)
