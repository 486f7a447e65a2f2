from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from apps.accounts.services.staff import staff_roles_ensure

        post_migrate.connect(staff_roles_ensure, sender=self, dispatch_uid="accounts.staff_roles")
