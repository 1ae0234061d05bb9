from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SubmissionsConfig(AppConfig):
    name = "submissions"
    verbose_name = "The catalogue"

    def ready(self):
        from submissions.search import keeping
        from submissions.version import install_triggers

        post_migrate.connect(install_triggers, sender=self)
        keeping.start()
