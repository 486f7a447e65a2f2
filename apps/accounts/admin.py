from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from apps.accounts import services
from apps.accounts.models import Preference, Session, User
from apps.common.admin import LiteralSearchMixin, NoDirectWritesAdmin
from apps.common.admin_actions import Deed, ServiceAction
from apps.common.errors import ForbiddenError
from apps.common.money import money_text


def _suspend(deed: Deed) -> None:
    if deed.id == deed.staff_id:
        raise ForbiddenError("You cannot suspend yourself.")
    both = User.objects.filter(pk__in=[deed.id, deed.staff_id], is_superuser=True)
    superusers = {user.pk for user in both}
    if deed.id in superusers and deed.staff_id not in superusers:
        raise ForbiddenError("Only superusers suspend superusers.")
    services.user_suspend(user_id=deed.id, now=deed.now)


def _restore(deed: Deed) -> None:
    services.user_restore(user_id=deed.id, now=deed.now)


@admin.register(User)
class UserAdmin(NoDirectWritesAdmin):
    """Names and staff rights can be edited; being active only by the actions."""

    editable = True
    list_display = ("email", "username", "user_type", "is_active", "is_staff", "created_at")
    list_filter = ("user_type", "is_active", "is_staff", "is_superuser")
    ordering = ("-id",)
    search_fields = ("=id", "^email", "^username", "=source_id")
    search_help_text = "An id, or how an e-mail or a user name begins."
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
            run=_suspend,
            warning="These users are logged out at once and cannot come back until restored. "
            "Their bookings and listings stay.",
            offered=lambda user: user.is_active,
            needs_reason=True,
        ),
        ServiceAction(
            name="restore",
            label="Restore",
            run=_restore,
            warning="These users can log in again.",
            offered=lambda user: not user.is_active,
        ),
    )

    @admin.display(description="profile")
    def about(self, user: User) -> str:
        profile = user.profile
        known = (profile.city, profile.country, ", ".join(profile.languages), profile.about_me)
        return " · ".join(filter(None, known)) or "-"

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> Any:
        """Who may give rights could give themselves all of them."""
        is_superuser = getattr(request.user, "is_superuser", False)
        rights = () if is_superuser else ("is_staff", "is_superuser", "groups")
        return (*self.readonly_fields, *rights)

    def save_model(self, request: HttpRequest, obj: User, form: forms.Form, change: Any) -> None:
        """Only what was edited: a suspension in the meantime is not undone."""
        names = [name for name in form.changed_data if name != "groups"]
        if names:
            obj.save(update_fields=[*names, "updated_at"])


@admin.register(Preference)
class PreferenceAdmin(NoDirectWritesAdmin):
    list_display = ("user", "home_city", "guests", "pace", "price", "updated_at")
    list_filter = ("pace",)
    list_select_related = ("user",)
    ordering = ("-updated_at",)
    search_fields = ("=user", "^home_city")
    search_help_text = "The id of a user, or how the home city begins."

    @admin.display(description="at most a night")
    def price(self, preference: Preference) -> str:
        most = preference.max_price_per_night
        return "any" if most is None else money_text(most, preference.currency)


def _end(deed: Deed) -> None:
    services.session_end(session_id=deed.id)


@admin.register(Session)
class SessionAdmin(NoDirectWritesAdmin):
    """A key lets in whoever has it: only superusers see them, and in the list its beginning."""

    list_display = ("masked", "user", "created_at", "expires_at")
    list_select_related = ("user",)
    ordering = ("-created_at",)
    search_fields = ("=user",)
    search_help_text = "The id of a user."
    fields = ("masked", "user", "created_at", "expires_at")
    service_actions = (
        ServiceAction(
            name="end", label="End", run=_end, warning="Whoever uses these sessions is logged out."
        ),
    )

    @admin.display(description="session")
    def masked(self, session: Session) -> str:
        return f"{session.pk[:4]}…"

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return getattr(request.user, "is_superuser", False)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_act_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.has_view_permission(request)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(LiteralSearchMixin, DjangoGroupAdmin, ModelAdmin):
    search_fields = ("^name",)
