"""`manage.py carry_out_plans`: publications and withdrawals whose hour has come. For cron, every five minutes."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial.models import Plan
from editorial.refusal import Refused
from editorial.workflow import transition


class Command(BaseCommand):
    help = "Publish and withdraw what LIIA has planned for now or earlier."

    def handle(self, **options):
        due = Plan.objects.filter(due__lte=timezone.now(), done_at__isnull=True, problem="")
        for plan in due.select_related("submission", "by"):
            self.stdout.write(_carried_out(plan))


def _carried_out(plan):
    """What became of it. A refusal is kept with the plan, where the desk shows it."""
    entry = plan.submission
    try:
        live = transition(entry, plan.action, plan.by, f"Planned: {plan}")
    except Refused as refusal:
        Plan.objects.filter(pk=plan.pk).update(problem=str(refusal))
        return f"Not done: {refusal}"
    Plan.objects.filter(pk=plan.pk).update(done_at=timezone.now(), submission=live)
    return f"{plan.get_action_display()}: {entry}, done."
