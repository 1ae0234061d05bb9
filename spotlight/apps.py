from django.apps import AppConfig


class SpotlightConfig(AppConfig):
    name = "spotlight"
    verbose_name = "The site"
