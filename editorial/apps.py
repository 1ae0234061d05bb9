from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "How it stays true"

    def ready(self):
        from editorial import beginning, versions

        beginning.start()
        versions.start()
