"""Settings, addresses and the processes' entry points; reads the environment once."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
