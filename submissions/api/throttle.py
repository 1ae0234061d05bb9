"""A generous limit on how often one machine may ask. Its address is hashed at once and kept for a minute.

Each server process counts for itself. Pages that are kept, and answers of 304, cost nothing and are not counted.
"""

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac
from rest_framework.throttling import SimpleRateThrottle


class PerMachine(SimpleRateThrottle):
    scope = "api"
    cache = caches["requests"]

    def get_rate(self):
        return settings.API_RATE

    def get_cache_key(self, request, view):
        return f"api-{salted_hmac('api throttle', self.get_ident(request), algorithm='sha256').hexdigest()}"
