"""The WSGI entry point."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

application = get_wsgi_application()
# All pages, before anybody asks for one: the first is as quick as the others, and nothing of them is looked through below.
import_module(settings.ROOT_URLCONF)

# A request's rows are let go by counting references; to look through them for cycles every 700
# objects took a twentieth of a board's time. What was loaded stays, and is not looked through at all.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)
