"""Mail: written in the transaction that causes it, sent by a sender outside every request, each mail once.

A link's secret is in no stored text. The text holds PLACEHOLDER; the sender puts the secret in when the mail leaves.
"""

import logging
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from socket import SHUT_RDWR

from allauth.account import app_settings as account
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import close_old_connections, models, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from editorial.failures import attempt
from editorial.models import AskedByMail, Mail
from editorial.models.mail import PAUSES

PLACEHOLDER = "~secret~"  # needs no escaping in an address, in HTML or in a header

CLAIM = timedelta(minutes=3)  # how long a mail is one sender's; renewed before the mail is handed over
SECONDS_TO_HAND_OVER = 60  # then the line is cut: no sender is still at it when its claim runs out
SECONDS_BETWEEN_LOOKS = 15

log = logging.getLogger(__name__)
_wake = threading.Event()


def post(to, subject, template, context, headers=None, *, secret_of=None):
    """Writes one mail, to be sent once the open transaction has succeeded. Returns the Mail.

    `template` names two files, templates/editorial/mail/<template>.txt and .html. `secret_of`: the question (or the
    account) whose link the mail carries; PLACEHOLDER stands for its secret. A mail whose text cannot be made stops
    nobody: it is stored with what it is made from, tried again like one that could not go, and shown at the desk.
    """
    mail = Mail(to=to, subject=" ".join(subject.split())[:250], headers=headers or {})
    mail.secret_of = f"{secret_of._meta.concrete_model._meta.label_lower} {secret_of.pk}" if secret_of else ""
    try:
        with transaction.atomic():
            _write(mail, template, context)
    except Exception as error:  # whatever is wrong with it, what caused the mail is not
        log.exception("The mail “%s” could not be written.", mail.subject)
        mail.unwritten = {"template": template, "context": _frozen(context)}
        mail.problem = f"Could not be written: {error}"[:1000]
    return put_in_outbox(mail)


def put_in_outbox(mail):
    """Saves a mail whose text is there, and wakes this process's sender after the transaction."""
    mail.save()
    transaction.on_commit(wake_sender)
    return mail


def wake_sender():
    """This server process looks through the outbox now, if it has a sender (see `start_sender`)."""
    _wake.set()


def _write(mail, template, context):
    frame = {"site": settings.SITE_URL, "liia": settings.LIIA_EMAIL, "subject": mail.subject}
    for kind, part in (("txt", "text"), ("html", "html")):
        setattr(mail, part, render_to_string(f"editorial/mail/{template}.{kind}", frame | context))


def _frozen(value):
    """What a text is made from, as JSON: a record as its key."""
    if isinstance(value, models.Model):
        return {"record": value._meta.label_lower, "pk": value.pk}
    if isinstance(value, dict):
        return {"items": {name: _frozen(part) for name, part in value.items()}}
    if isinstance(value, list | tuple | models.QuerySet):
        return [_frozen(part) for part in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _thawed(value):
    """The reverse, with the records as they are now."""
    if isinstance(value, list):
        return [_thawed(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "items" in value:
        return {name: _thawed(part) for name, part in value["items"].items()}
    return apps.get_model(value["record"])._base_manager.get(pk=value["pk"])


# --- sending ---------------------------------------------------------------------------------------------------------


class NotWanted(Exception):
    """The mail has lost its point before it left; says why."""


CLOSED = {
    "answered": "Its question was answered before it could go.",
    "revoked": "Its question was taken back before it could go.",
    "expired": "Its link ended before it could go.",
}


class ClaimLost(Exception):
    """Another sender has the mail in hand."""


def send_due():
    """Sends what is due and returns (how many went, how many could not). No mail's fault stops another."""
    if (nobodys := Mail.objects.filter(to="")).exists():  # see editorial.people.accounts
        nobodys.delete()
    sent = failed = 0
    for pk in list(Mail.objects.due().values_list("pk", flat=True)):
        went = None
        with attempt("send_mail", Mail, pk) as outcome:
            went = _send(pk)
        sent += went is True
        failed += outcome.failed or went is False
    return sent, failed


def _send(pk):
    """True if the mail went, False if it could not, None if it is not (any more) this sender's to send."""
    mail = _claim(pk)
    if mail is None:
        return None
    secret = ""
    try:
        secret = _secret_of(mail)
        _hand_over(mail, _compose(mail, secret))
    except ClaimLost:
        return None
    except NotWanted as reason:
        _end_claim(mail, dropped_because=str(reason), problem="")
        return None
    except Exception as error:  # whatever the mail server, the network or a template does
        said = str(error).replace(secret, "…") if secret else str(error)
        pause = timedelta(minutes=PAUSES[min(mail.tries, len(PAUSES)) - 1])
        since = mail.handing_over_since
        _end_claim(
            mail,
            problem=(said or type(error).__name__)[:1000],
            next_try_at=timezone.now() + pause,
            handing_over_since=since,
        )
        log.warning("The mail “%s” (number %s) could not be sent: %s", mail.subject, mail.pk, said)
        return False
    _end_claim(mail, sent_at=timezone.now(), problem="", unwritten=None)
    return True


def _claim(pk):
    """Claims the mail for this sender alone and returns it; None if it is another's, was sent, or is deleted."""
    free = Mail.objects.due().order_by().filter(pk=pk)
    number = free.update(claimed_until=timezone.now() + CLAIM, tries=F("tries") + 1)
    return Mail.objects.filter(pk=pk).first() if number else None


def _renew_claim(mail, **values):
    """Saves that the mail is ours for another while; ClaimLost if the claim ran out and another sender has it."""
    until = timezone.now() + CLAIM
    held = Mail.objects.unsent().filter(pk=mail.pk, claimed_until=mail.claimed_until)
    if not held.update(claimed_until=until, **values):
        raise ClaimLost
    mail.claimed_until = until


def _end_claim(mail, **values):
    """Saves what has become of the mail, and gives the claim back."""
    held = Mail.objects.filter(pk=mail.pk, claimed_until=mail.claimed_until)
    held.update(**{"claimed_until": None, "handing_over_since": None, **values})


def _secret_of(mail):
    """The secret that the mail's link carries, made for this moment; "" for a mail without one."""
    if not mail.secret_of:
        return ""
    label, _, pk = mail.secret_of.partition(" ")
    model = apps.get_model(label)
    record = model._base_manager.filter(pk=pk).first()
    if record is None:
        raise NotWanted("What it asks about was deleted before it could go.")
    if not isinstance(record, AskedByMail):  # an account: its link chooses a new password
        if not record.is_active:
            raise NotWanted("The account was closed before it could go.")
        return f"{user_pk_to_url_str(record)}-{account.PASSWORD_RESET_TOKEN_GENERATOR().make_token(record)}"
    if record.link_problem:
        raise NotWanted(CLOSED[record.link_problem])
    return record.issue_secret()


def _compose(mail, secret):
    """The message to send. A text that could not be rendered before is, and is saved."""
    if mail.unwritten:
        _write(mail, mail.unwritten["template"], _thawed(mail.unwritten["context"]))
        mail.save(update_fields=["text", "html"])
    headers = {name: value.replace(PLACEHOLDER, secret) for name, value in mail.headers.items()}
    text, html = (part.replace(PLACEHOLDER, secret or PLACEHOLDER) for part in (mail.text, mail.html))
    message = EmailMultiAlternatives(
        mail.subject, text, to=[mail.to], headers={**headers, "Message-ID": mail.message_id}
    )
    message.reply_to = [settings.LIIA_EMAIL] if settings.LIIA_EMAIL else []
    if html:
        message.attach_alternative(html, "text/html")
    return message


def _hand_over(mail, message):
    """Opens the line first: until then the mail server has nothing, however slow it is. When the line breaks later,
    nobody knows whether it has the mail; only a refusal says for sure that it has not."""
    connection, since = get_connection(), mail.handing_over_since
    try:
        connection.open()
        since = mail.handing_over_since or timezone.now()
        _renew_claim(mail, handing_over_since=since)
        with _cut_off_after(SECONDS_TO_HAND_OVER, connection):
            if connection.send_messages([message]) != 1:
                raise RuntimeError("The mail server did not take it.")
    except (SMTPResponseException, SMTPRecipientsRefused):
        raise
    except OSError:  # smtplib's own errors are among them
        mail.handing_over_since = since
        raise
    finally:
        with suppress(Exception):
            connection.close()


@contextmanager
def _cut_off_after(seconds, connection):
    """Ends what takes longer in all: EMAIL_TIMEOUT bounds the wait for each part of an answer, not their number."""
    line = getattr(getattr(connection, "connection", None), "sock", None)
    timer = threading.Timer(seconds, lambda: line and line.shutdown(SHUT_RDWR))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def start_sender():
    """One thread in this server process that sends what is due: woken by `post`, and looking by itself in between."""
    if settings.SEND_MAIL:
        threading.Thread(target=_send_for_ever, name="mail", daemon=True).start()


def _send_for_ever():
    while True:
        _wake.clear()
        try:
            close_old_connections()
            send_due()
        except Exception:  # a locked database, say: the mails are still there at the next look
            log.exception("The outbox could not be looked through.")
        _wake.wait(SECONDS_BETWEEN_LOOKS)
