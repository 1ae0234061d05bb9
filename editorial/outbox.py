"""Mail: written in the transaction that causes it, sent after that has succeeded, tried again when it could not go."""

import logging
import re
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from editorial.models import Mail

# As `AskedByMail.new_secret` makes them: 43 letters, digits, dashes or underscores at the end of an address.
SECRET = re.compile(r"/[\w-]{43}(?![\w-])")

log = logging.getLogger(__name__)

# Minutes until the next try. After the last of them the mail waits at the desk for somebody to look at it.
PAUSES = (5, 30, 120, 480, 1440)


def post(to, subject, template, context, headers=None):
    """Writes down one mail and sends it once the open transaction has succeeded.

    `template` names two files, templates/editorial/mail/<template>.txt and .html. Returns the Mail.
    """
    context = {"site": settings.SITE_URL, "liia": settings.LIIA_EMAIL, "subject": subject, **context}
    text, html = (render_to_string(f"editorial/mail/{template}.{kind}", context) for kind in ("txt", "html"))
    mail = Mail.objects.create(to=to, subject=subject, text=text, html=html, headers=headers or {})
    transaction.on_commit(lambda: send(mail))
    return mail


def send(mail):
    """True if it went. A failure is kept with the mail, which is tried again later."""
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=mail.headers)
    message.reply_to = [settings.LIIA_EMAIL] if settings.LIIA_EMAIL else []
    message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except Exception as error:  # whatever the mail server or the network does, the deed that caused the mail stands
        _not_sent(mail, error)
        return False
    mail.sent_at, mail.problem, mail.tries = timezone.now(), "", mail.tries + 1
    mail.text, mail.html, mail.headers = (_without_secrets(part) for part in (mail.text, mail.html, mail.headers))
    mail.save()
    return True


def _without_secrets(part):
    """A link that was sent is its reader's alone: who reads the outbox later cannot answer with it."""
    if isinstance(part, dict):
        return {name: _without_secrets(value) for name, value in part.items()}
    return SECRET.sub("/…", part)


def _not_sent(mail, error):
    log.warning("The mail “%s” (number %s) could not be sent: %s", mail.subject, mail.pk, error)
    mail.next_try_at = timezone.now() + timedelta(minutes=PAUSES[min(mail.tries, len(PAUSES) - 1)])
    mail.tries, mail.problem = mail.tries + 1, str(error)[:1000]
    mail.save()
