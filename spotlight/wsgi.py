"""Where the production server enters."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spotlight.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as problem:
    sys.exit(str(problem))

if "runserver" in sys.argv:  # gunicorn.conf.py does the same for each process of the production server
    from editorial.outbox import start_sender

    start_sender()
