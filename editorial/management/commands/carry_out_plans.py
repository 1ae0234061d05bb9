"""`manage.py carry_out_plans`: publications and withdrawals whose hour has come. For cron, every five minutes."""

from django.utils import timezone

from editorial.failures import RecordsCommand, Refused
from editorial.models import Plan
from editorial.workflow import transition, why_not_as_planned
from submissions.derived import renew_if_possible


class Command(RecordsCommand):
    help = "Publish and withdraw what LIIA has planned for now or earlier."

    def handle(self, **options):
        due = Plan.objects.open().filter(due__lte=timezone.now(), problem="")
        self.do_each(due.select_related("submission", "by").order_by("due", "pk"), carry_out)
        renew_if_possible("after carry_out_plans", most_drawn=None)
        self.finish()


def carry_out(plan):
    """Carries one plan out and returns a sentence. A refusal is kept with the plan, where the desk shows it."""
    plans = Plan.objects.filter(pk=plan.pk)
    plans.update(done_at=timezone.now())
    try:
        if problem := why_not_as_planned(plan):
            raise Refused(problem)
        live = transition(plan.submission, plan.action, by=plan.by, note=f"Planned: {plan}", plan=plan)
    except Refused as refusal:
        plans.update(done_at=None, problem=str(refusal))
        return f"Not done: {refusal}"
    plans.update(submission=live)
    return f"{plan.get_action_display()}: {plan.submission}, done."
