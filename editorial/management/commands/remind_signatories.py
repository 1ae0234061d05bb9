"""`manage.py remind_signatories`: a second and a third mail to people who have not answered. For cron, once a day."""

import logging

from django.core.management.base import BaseCommand
from django.db import OperationalError

from editorial.asking import REMIND_AFTER, remind_if_due, to_remind

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = f"Remind people who have not answered a sign-off after {' and '.join(map(str, REMIND_AFTER))} days."

    def handle(self, **options):
        number = 0
        for key in to_remind():
            try:
                sign_off = remind_if_due(key)
            except OperationalError as error:  # the database is busy or full: the next run tries again
                self.stdout.write(f"Sign-off {key} waits for the next run: {error}")
            except Exception:  # one broken record stops no other
                log.exception("The reminder for sign-off %s could not be written.", key)
                self.stdout.write(f"Sign-off {key}: no reminder; the server’s log says why.")
            else:
                if sign_off:
                    number += 1
                    self.stdout.write(f"Reminded: {sign_off.who} of {sign_off.borough}, “{sign_off.submission}”")
        self.stdout.write(f"{number} done.")
