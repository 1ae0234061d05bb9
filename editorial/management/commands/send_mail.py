"""`manage.py send_mail`: what could not be sent before. For cron, every five minutes."""

from django.core.management.base import BaseCommand

from editorial.models import Mail
from editorial.outbox import PAUSES, send


class Command(BaseCommand):
    help = "Try again to send what waits in the outbox."

    def handle(self, **options):
        due = Mail.objects.due().filter(tries__lt=len(PAUSES) + 1).order_by("written_at")
        results = [send(mail) for mail in due]
        self.stdout.write(f"Sent: {sum(results)}. Still waiting: {Mail.objects.unsent().count()}.")
