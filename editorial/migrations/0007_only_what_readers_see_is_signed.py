"""Undecided and rejected figures, and words taken down, are no claims any more: sign-offs hold on for what remains."""

import hashlib
import json
from decimal import Decimal

from django.db import migrations


def spaced(text):
    return " ".join(text.split())


def number(value):
    return f"{Decimal(value).normalize():f}"


def figure(metric):
    compared = f", compared with {number(metric.comparator)}" if metric.comparator is not None else ""
    period = f", {metric.period}" if metric.period else ""
    return f"{metric.figure} ({number(metric.value)} {metric.unit}{compared}{period}): {spaced(metric.quote)}"


def voice(words):
    return f"{spaced(words.quote)} ({words.speaker or 'speaker not stated'})"


def leave_out_what_readers_do_not_see(apps, schema_editor):
    sign_offs = apps.get_model("editorial", "SignOff").objects.filter(revoked_at__isnull=True, voided_at__isnull=True)
    for sign_off in sign_offs.select_related("submission"):
        entry, claims = sign_off.submission, dict(sign_off.claims)
        hidden = {
            "Figures": [figure(metric) for metric in entry.metrics.exclude(status="confirmed")],
            "Voices": [voice(words) for words in entry.voices.filter(withdrawn_at__isnull=False)],
        }
        for label, lines in hidden.items():
            left = list(claims.get(label, []))
            for line in lines:
                if line in left:
                    left.remove(line)
            claims[label] = left
        claims = {label: paragraphs for label, paragraphs in claims.items() if paragraphs}
        if claims != sign_off.claims:
            text = json.dumps(claims, sort_keys=True, ensure_ascii=False)
            sign_off.claims, sign_off.fingerprint = claims, hashlib.sha256(text.encode()).hexdigest()
            sign_off.save(update_fields=["claims", "fingerprint"])


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0006_sign_off_again_and_plans"),
        ("submissions", "0009_states_and_new_versions"),
    ]
    operations = [migrations.RunPython(leave_out_what_readers_do_not_see, migrations.RunPython.noop)]
