"""Settings of `bench paint`: one machine's, but files are served as in production."""

from config.places import VAR_DIR
from config.settings.local import *

WHITENOISE_USE_FINDERS = False
STATIC_ROOT = VAR_DIR / "bench" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.stylesheets.OneSheetStorage"},
}
