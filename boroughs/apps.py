from django.apps import AppConfig, apps


class BoroughsConfig(AppConfig):
    name = "boroughs"
    verbose_name = "Boroughs and contacts"

    def ready(self):
        from boroughs.deleting import protect

        protect(apps.get_models())
