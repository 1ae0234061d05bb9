from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "How it stays true"

    def ready(self):
        from editorial import beginning, versions
        from editorial.people import second_factor  # noqa: F401 (listens to what allauth tells)
        from editorial.people.roles import after_migrating

        beginning.start()
        versions.start()
        # Of the apps that this stands on, auth comes last: by then every model of ours has its permissions.
        post_migrate.connect(after_migrating, sender=apps.get_app_config("auth"))
