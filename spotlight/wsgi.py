"""The door for the production server."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spotlight.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as problem:
    sys.exit(str(problem))
