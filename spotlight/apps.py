from django.apps import AppConfig, apps

from spotlight.desk.deleting import protect


class SpotlightConfig(AppConfig):
    name = "spotlight"
    verbose_name = "The site"

    def ready(self):
        protect(apps.get_models())
