from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


class SubmissionsConfig(AppConfig):
    name = "submissions"
    verbose_name = "The catalogue"

    def ready(self):
        from submissions import triggers
        from submissions.derived import renewal
        from submissions.search import index

        renewal.WRITERS.append(index)

        pre_migrate.connect(triggers.drop_triggers, sender=self)
        post_migrate.connect(triggers.install_triggers, sender=self)
        post_migrate.connect(renewal.renew_after_migrating, sender=apps.get_app_config("contenttypes"))  # after ours
