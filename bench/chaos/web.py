"""The web process of a run, on the run's clock: it takes the provider's callbacks."""

import django

django.setup()

from bench.chaos import shifted
from config.wsgi import application

shifted.install()

__all__ = ["application"]
