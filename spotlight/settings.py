"""All settings but Django's defaults, from the environment or an ignored `.env`. docs/running.md lists every key."""

import os
import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

env = environ.Env()
if not TESTING:
    environ.Env.read_env(ROOT / ".env")
env.ENVIRON = {name: value for name, value in os.environ.items() if value.strip()}  # an empty value is none


def setting(read, name, **options):
    """A setting as `read` makes it of its text; one that cannot be read is refused by its name."""
    try:
        return read(name, **options)
    except Exception as problem:
        # Not the text itself: it may hold a password.
        raise ImproperlyConfigured(
            f"{name} cannot be read as it is written, in .env or in the environment. docs/running.md shows how to "
            "write it; without it the default counts."
        ) from problem


def on_or_off(name, *, default):
    """Whether a setting is on. Anything but a word for it is refused: a slip would turn it off unseen."""
    words = dict.fromkeys(env.BOOLEAN_TRUE_STRINGS, True) | dict.fromkeys(("false", "off", "n", "no", "0"), False)
    return setting(lambda name: words[env.str(name, default=str(default)).strip().lower()], name)


DEBUG = on_or_off("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-tests-and-debugging" if DEBUG or TESTING else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Run `make run` once (it writes a key into .env), or set SECRET_KEY in the environment."
    )
HTTPS = on_or_off("HTTPS", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")  # mailto: or https://; without it, the about page

INSTALLED_APPS = [
    "allauth",  # before ours: the desk shows its records in its own way
    "allauth.account",
    "allauth.mfa",
    "boroughs",
    "submissions",
    "survey",
    "editorial",
    "spotlight",
    "spotlight.admin.DeskConfig",  # Django's admin, in the order of LIIA's work
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_filters",
    "taggit",
    "django_prose_editor",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "spotlight.middleware.with_policies",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "spotlight.middleware.settle_odd_requests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "submissions.api.rules.open_to_other_sites",
    "spotlight.middleware.QuickGZip",
    "spotlight.middleware.Unchanged",  # after it: what is compressed differs each time
    "django.middleware.common.CommonMiddleware",
    "spotlight.middleware.desk_begins",  # a reader's request goes past what follows
    "spotlight.faults.Sessions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "editorial.people.typed.CleanTypedText",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "editorial.people.second_factor.second_factor_first",
    "spotlight.middleware.desk_ends",
    "submissions.sharing.addresses.LastingAddressesMiddleware",
    "submissions.derived.renewal.renew_after_writing",
    "spotlight.faults.StorageFaults",
]

ROOT_URLCONF = "spotlight.urls"
WSGI_APPLICATION = "spotlight.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["spotlight.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["spotlight.templatetags.spotlight"],
        },
    }
]

# --- database: SQLite beside the code, PostgreSQL when one machine is outgrown -----------------------------------
DATABASE_URL = env.str("DATABASE_URL", default="") or f"sqlite:///{ROOT / 'data' / 'spotlight.sqlite3'}"


def database(_name):
    config = env.db_url_config(DATABASE_URL)
    if not config["ENGINE"].endswith(("sqlite3", "postgresql")):
        raise ValueError(config["ENGINE"])
    return config


DATABASES = {"default": setting(database, "DATABASE_URL")}
# Each thread keeps its connection: to open one costs time, and loses what the database has in memory.
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue instead of failing ("database is locked"), and readers never wait for them.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # Tests too use a file, as readers do: another process can open it.
    DATABASES["default"]["TEST"] = {"NAME": ROOT / "data" / f"test-{os.getpid()}.sqlite3"}

CACHES = {
    # What all server processes must count together: attempts to sign in. Nobody empties it by asking much.
    "default": {
        "BACKEND": "spotlight.faults.SharedCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "requests": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "requests"},
    # Preview images, some 10 MB in each process at the most.
    "pictures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pictures",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# --- language, time, mail ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
vars().update(setting(env.email_url, "EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds for each answer of the mail server
SEND_MAIL = on_or_off("SEND_MAIL", default=True)  # by the server's own thread; off: by `send_mail` alone
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Practice Spotlight <practice-spotlight@localhost>")
LIIA_EMAIL = env.str("LIIA_EMAIL", default="")  # where answers to the site's mails and urgent questions go
LINKS_MAY_LEAD_TO = []  # addresses inside a private network that the link checker may ask all the same: for tests

# A page's text at the import desk comes whole in a form field; files are not counted here and have their own limit.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6_000_000

# --- files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = ROOT / "data" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "svg", "png", "ico", "woff", "woff2", "br", "gz"]

# --- who may do what, and what a browser may load ------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
AUTHENTICATION_BACKENDS = ["editorial.people.accounts.NameOrAddress"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
SECOND_FACTOR = on_or_off("SECOND_FACTOR", default=HTTPS)  # asked of everybody at the desk; a first look needs none
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_ADAPTER = "editorial.people.accounts.StaffAccounts"
ACCOUNT_FORMS = {
    "login": "editorial.people.accounts.SignIn",
    "reauthenticate": "editorial.people.accounts.Confirm",
    "change_password": "editorial.people.accounts.ChangePassword",
    "set_password": "editorial.people.accounts.SetPassword",
    "reset_password": "editorial.people.accounts.ForgottenPassword",
    "reset_password_from_key": "editorial.people.accounts.NewPassword",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator makes the account, and knows whose address it is
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to an address just because somebody typed it
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told to its owner
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Practice Spotlight: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # as the API: behind a proxy its last word on the address counts
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "editorial.people.second_factor.Factors"
MFA_FORMS = {
    "authenticate": "editorial.people.accounts.Code",
    "reauthenticate": "editorial.people.accounts.ConfirmByCode",
    "activate_totp": "editorial.people.accounts.AddApp",
    "add_webauthn": "editorial.people.accounts.AddPasskey",
    "edit_webauthn": "editorial.people.accounts.NamePasskey",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Practice Spotlight"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock half a minute off

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "script-src 'self'"  # last: a script's nonce comes after it
)
PERMISSIONS_POLICY = ", ".join(
    f"{name}=()" for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "fullscreen")
)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
CSRF_FAILURE_VIEW = "editorial.people.typed.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

# --- the read-only API ---------------------------------------------------------------------------------------------
API_RATE = "600/minute"  # from one address, in each server process
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "submissions.api.rules.AlwaysJson",
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_THROTTLE_CLASSES": ["submissions.api.rules.PerMachine"],
    "NUM_PROXIES": 1 if HTTPS else 0,  # behind a proxy its last word on the address counts; else nobody's word does
    "EXCEPTION_HANDLER": "submissions.api.views.refusal",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Practice Spotlight",
    "DESCRIPTION": "Examples of practice from London’s local authorities, for programmes: the same entries, filters "
    "and words as the site’s own list.",
    "VERSION": "1.0",
    "OAS_VERSION": "3.1.1",
    "LICENSE": {"name": "Open Government Licence v3.0", "identifier": "OGL-UK-3.0"},
    "SERVERS": [{"url": SITE_URL}],
    "SORT_OPERATIONS": False,  # as in urls.py
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": ["submissions.api.schema.with_known_values"],
}

TAGGIT_CASE_INSENSITIVE = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "spotlight.faults.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["without_secrets"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # `runserver` would write each request with a handler of Django's own.
    "loggers": {"django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}
