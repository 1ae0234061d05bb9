"""`manage.py carry_out_plans`: publications and withdrawals whose hour has come. For cron, every five minutes."""

import logging

from django.core.management.base import BaseCommand
from django.db import OperationalError, transaction
from django.utils import timezone

from editorial.models import Plan
from editorial.refusal import Refused
from editorial.workflow import transition, why_not_as_planned

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publish and withdraw what LIIA has planned for now or earlier."

    def handle(self, **options):
        for key in due().values_list("pk", flat=True):
            try:
                said = carry_out(key)
            except OperationalError as error:  # the database is busy or full: the next run tries again
                said = f"Plan {key} waits for the next run: {error}"
            except Exception:  # one broken plan stops no other
                log.exception("Plan %s could not be carried out.", key)
                said = f"Plan {key} could not be carried out; the server’s log says why."
                due().filter(pk=key).update(problem="Something went wrong on the server; its log says what.")
            if said:
                self.stdout.write(said)


def due():
    return Plan.objects.open().filter(due__lte=timezone.now(), problem="").order_by("due", "pk")


@transaction.atomic
def carry_out(key):
    """Carries one plan out, whole or not at all, and returns a sentence; "" if another run has it already.

    The first write claims the plan: a second run waits for it, and then finds nothing to do. A refusal is kept with the
    plan, where the desk shows it.
    """
    if not due().filter(pk=key).update(done_at=timezone.now()):
        return ""
    plan = Plan.objects.select_related("submission", "by").get(pk=key)
    try:
        if problem := why_not_as_planned(plan):
            raise Refused(problem)
        live = transition(plan.submission, plan.action, plan.by, f"Planned: {plan}", plan=plan)
    except Refused as refusal:
        Plan.objects.filter(pk=key).update(done_at=None, problem=str(refusal))
        return f"Not done: {refusal}"
    Plan.objects.filter(pk=key).update(submission=live)
    return f"{plan.get_action_display()}: {plan.submission}, done."
