from django.contrib import admin
from django.http import HttpRequest


class NoDirectWritesAdmin(admin.ModelAdmin):
    """Records that only services write; a subclass may still list `fields` that can be edited."""

    editable = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.editable and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
