"""The application for the server: `granian --interface wsgi wijkveilig.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkveilig.config.settings")

application = get_wsgi_application()
