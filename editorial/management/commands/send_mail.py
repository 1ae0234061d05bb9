"""`manage.py send_mail`: what waits in the outbox. For cron, every minute."""

from django.core.management.base import BaseCommand, CommandError

from editorial.models import Mail
from editorial.outbox import send_due


class Command(BaseCommand):
    help = "Send what waits in the outbox."

    def handle(self, **options):
        sent, failed = send_due()
        self.stdout.write(f"Sent: {sent}. Still waiting: {Mail.objects.unsent().count()}.")
        if failed:
            raise CommandError(f"{failed} could not be sent and will be tried again. The desk says why, under Mails.")
