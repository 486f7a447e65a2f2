from django.contrib import admin

from apps.accounts.models import User
from apps.common.admin import NoDirectWritesAdmin


@admin.register(User)
class UserAdmin(NoDirectWritesAdmin):
    editable = True
    list_display = ("email", "username", "user_type", "is_active", "is_staff", "created_at")
    list_filter = ("user_type", "is_active", "is_staff")
    search_fields = ("email", "username")
    fields = (
        "username",
        "email",
        "user_type",
        "first_name",
        "last_name",
        "phone",
        "is_active",
        "is_staff",
    )
    readonly_fields = ("username", "email", "user_type")
