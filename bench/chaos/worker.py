"""The real Celery worker and beat of a run, on the run's clock: `celery -A bench.chaos.worker`."""

import os

import django

django.setup()

from bench.chaos import shifted, steps
from config.celery import app

shifted.install()
steps.mutate(os.environ.get("KEPT_CHAOS_MUTATION", ""))

__all__ = ["app"]
