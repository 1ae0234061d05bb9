"""`manage.py add_email_domain merton merton.gov.uk`: one more domain in which an authority's own people have addresses.

There is no field for it at the desk: an administrator who added a domain could name somebody there as the person who
signs for the authority.
"""

import re

from django.core.management.base import BaseCommand, CommandError

from boroughs.models import Borough

DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


class Command(BaseCommand):
    help = "Adds a domain in which an authority's own people have their e-mail addresses."

    def add_arguments(self, parser):
        parser.add_argument("borough", help="the last part of its address on this site, such as merton")
        parser.add_argument("domain", help="what follows the @, such as merton.gov.uk")

    def handle(self, *args, borough, domain, **options):
        domain = domain.casefold().removeprefix("@")
        if not DOMAIN.fullmatch(domain):
            raise CommandError(
                f"“{domain}” is no domain. Give what follows the @ in an address, such as merton.gov.uk."
            )
        authority = Borough.objects.filter(slug=borough).first()
        if authority is None:
            known = ", ".join(Borough.objects.values_list("slug", flat=True))
            raise CommandError(
                f"There is no authority “{borough}”. There are: {known or 'none; load the catalogue first'}."
            )
        if domain not in authority.email_domains:
            authority.email_domains = [*authority.email_domains, domain]
            authority.save(update_fields=["email_domains"])
        self.stdout.write(f"{authority}: {', '.join(authority.email_domains)}")
