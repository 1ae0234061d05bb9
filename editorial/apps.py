from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "How it stays true"

    def ready(self):
        from editorial import edits, versions
        from editorial.models import SignOff
        from editorial.people import second_factor  # noqa: F401 (connects to signals of allauth)
        from editorial.people.rights import may_change, renew_rights
        from spotlight.desk import base, deleting
        from submissions import triggers

        versions.start()
        triggers.PARTS[SignOff] = "submission"  # “Signed off by the authority, March 2026”
        base.GUARDS.append(may_change)
        deleting.MOVES.append(edits.watch_move)
        base.RENAMINGS.append(edits.watch_rename)
        # It comes after ours and after auth: by then every model that a role has rights to has its permissions.
        post_migrate.connect(renew_rights, sender=apps.get_app_config("contenttypes"))
