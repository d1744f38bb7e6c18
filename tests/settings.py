"""The local settings, but passwords cost nothing: every test's cast has some."""

from config.settings.local import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
