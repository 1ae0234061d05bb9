from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SubmissionsConfig(AppConfig):
    name = "submissions"
    verbose_name = "The catalogue"

    def ready(self):
        from submissions import version
        from submissions.search import keeping, stale

        pre_migrate.connect(version.drop_triggers, sender=self)
        post_migrate.connect(version.install_triggers, sender=self)
        post_migrate.connect(stale.install_triggers, sender=self)
        keeping.start()
