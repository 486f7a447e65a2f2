"""Django's own apps with ObjectId keys; their migrations are in `airbnb/migrations`."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.contrib.auth.apps import AuthConfig as DjangoAuthConfig
from django.contrib.contenttypes.apps import ContentTypesConfig as DjangoContentTypesConfig

from airbnb.roles import role_current

OBJECT_ID = "django_mongodb_backend.fields.ObjectIdAutoField"


class AdminConfig(DjangoAdminConfig):
    default_auto_field = OBJECT_ID
    default_site = "airbnb.admin_site.StaffSite"

    def ready(self) -> None:
        """Reads the apps' admin modules only in the roles that serve them."""
        _, role = role_current()
        if "admin" in role.routes:
            super().ready()


class AuthConfig(DjangoAuthConfig):
    default_auto_field = OBJECT_ID


class ContentTypesConfig(DjangoContentTypesConfig):
    default_auto_field = OBJECT_ID
