"""Settings of Django for Wijkveilig. What differs between installations comes from `environment`."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from wijkveilig.config import environment

PACKAGE = Path(__file__).resolve().parent.parent

# The installation
WIJKVEILIG_VAR = environment.var_folder()
WIJKVEILIG_SECURITY_CONTACTS = environment.words("WIJKVEILIG_SECURITY_CONTACT")
WIJKVEILIG_SECURITY_EXPIRES = environment.text("WIJKVEILIG_SECURITY_EXPIRES")
WIJKVEILIG_SECURITY_POLICY = environment.text("WIJKVEILIG_SECURITY_POLICY")
DEBUG = environment.switch("WIJKVEILIG_DEBUG")
SECRET_KEY = environment.secret_key(WIJKVEILIG_VAR)
# Which hosts are answered is the table of host names (scope): an unknown host learns nothing but that.
# WIJKVEILIG_HOSTS narrows it further, for a server that several names reach.
ALLOWED_HOSTS = environment.words("WIJKVEILIG_HOSTS") or ["*"]
HTTPS = environment.switch("WIJKVEILIG_HTTPS")

# Rooms
INSTALLED_APPS = [
    "wijkveilig.ui",
    "wijkveilig.scope",
    "wijkveilig.people",
    "wijkveilig.picture",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "csp",
]
MIDDLEWARE = [
    "wijkveilig.config.headers.SecurityHeadersMiddleware",  # outermost: also on static files and errors
    "csp.middleware.CSPMiddleware",
    "wijkveilig.config.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wijkveilig.config.static.StaticMiddleware",
    "wijkveilig.config.language.LanguageMiddleware",
    "wijkveilig.scope.middleware.MunicipalityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wijkveilig.people.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wijkveilig.scope.middleware.RefusalMiddleware",
    "wijkveilig.config.methods.MethodMiddleware",
]
ROOT_URLCONF = "wijkveilig.config.urls"
WSGI_APPLICATION = "wijkveilig.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "wijkveilig.people.context.shell",
            ],
        },
    },
]

# Storage: writes go through scope.services.atomic, never through one transaction per request
DATABASES = {"default": environment.database(WIJKVEILIG_VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# People
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # memory-hard, in Python itself
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "wijkveilig.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "wijkveilig.people.passwords.NotCommon"},
    {"NAME": "wijkveilig.people.passwords.NotOnlyFigures"},
]
# A message may name what it is about: it stays in the session, never in a cookie
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "people:sign_in"

# Sessions and forms
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "wijkveilig.config.errors.form_expired"

# Headers (standards HDR-01..06); those that Django or django-csp do not set stand in config.headers
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = False  # the proxy that ends TLS does this
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer Django refuses its own forms
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "https://service.pdok.nl"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "frame-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# Language and time: Dutch is the language of the sources, English is a translation
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# Static files: as they stand in the packages, or the compressed copies that `collectstatic` makes in the store
STATIC_URL = "/static/"
STATIC_ROOT = WIJKVEILIG_VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wijkveilig.config.static.StaticStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 24 * 60 * 60  # addresses carry the content's hash (config.static)
WHITENOISE_ALLOW_ALL_ORIGINS = False
HTMX_INDICATOR_STYLES = False

# Logs: one line of JSON per event, without persons (config.json_log)
LOG_FILE = environment.text("WIJKVEILIG_LOG")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "wijkveilig.config.json_log.JsonFormatter"}},
    "handlers": {
        "lines": (
            {"class": "logging.handlers.WatchedFileHandler", "filename": LOG_FILE, "delay": True, "formatter": "json"}
            if LOG_FILE
            else {"class": "logging.StreamHandler", "formatter": "json"}
        ),
    },
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {
        "wijkveilig": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # The request log has a line for each 4xx with its route; Django's own line would hold the path.
        "django.request": {"level": "ERROR"},
    },
}
