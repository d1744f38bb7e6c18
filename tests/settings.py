"""The local settings, but passwords cost nothing: every test's cast has some."""

from config.settings.local import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each test's client begins the server anew, and need not list every file for it.
WHITENOISE_AUTOREFRESH = True
