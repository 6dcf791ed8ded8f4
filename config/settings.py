"""The one settings file: each choice is read from the environment (docs/operate.md).

An unset variable means the embedded life: SQLite and files under ``DATA_DIR``, demonstration mode,
loopback only. ``MODE=production`` turns on what a public server needs and refuses unsafe mixes.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config.secret import stored_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

MODE = env.str("MODE", "demonstration")
if MODE not in ("demonstration", "production"):
    raise ImproperlyConfigured("MODE must be 'demonstration' or 'production'.")
PRODUCTION = MODE == "production"
DEMONSTRATION = not PRODUCTION
DEBUG = False

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

# Where the site is reached. The name is localhost, never 127.0.0.1: passkeys refuse a bare address.
HOST = env.str("HOST", "localhost")
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://{HOST}:{PORT}")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", HOST]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL] if PRODUCTION else [])

SECRET_KEY = env.str("SECRET_KEY", "") or (
    "" if PRODUCTION else stored_secret(DATA_DIR / "secret_key")
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
if PRODUCTION and not (SECRET_KEY and ALLOWED_HOSTS):
    raise ImproperlyConfigured("MODE=production needs SECRET_KEY and ALLOWED_HOSTS.")

# Written on opening letters; in demonstration, a number that belongs to nobody.
FEDERATION_PHONE = env.str("FEDERATION_PHONE", "" if PRODUCTION else "01 99 00 45 12")

# Bounded, so that a busy afternoon never exhausts memory or the database's connections.
WEB_WORKERS = env.int("WEB_WORKERS", 2)
WEB_THREADS = env.int("WEB_THREADS", 4)

# Commands that `manage.py prepare` runs at the end; each does nothing when its work is done.
PREPARED_BY = [*(["demo_network"] if DEMONSTRATION else []), "count_places"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "espace.core",
    "espace.ui",
    "espace.accounts",
    "espace.groups",
    "espace.binder",
    "espace.cards",
    "espace.activities",
    "espace.governance",
    "espace.surveys",
    "espace.indicators",
    "espace.territories",
    "espace.disclosure",
    "espace.imports",
    "espace.privacy",
    "espace.federation",
    "espace.reports",
    "espace.partners",
    "espace.open_data",
    "espace.public",
]
if DEMONSTRATION:
    INSTALLED_APPS.append("espace.demonstration")

MIDDLEWARE = [
    "espace.core.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "espace.core.middleware.ResponseHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Inside the one above, which counts the bytes of the answer.
    "espace.public.middleware.SaidPlainly",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "espace.accounts.middleware.ActorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "espace.ui.context.frame",
            ],
        },
    }
]

# --- Database: SQLite in DATA_DIR unless DATABASE_URL names PostgreSQL ---
DATABASE_URL = env.str("DATABASE_URL", "")
if DATABASE_URL:
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60)}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a statement of 350 figures took twenty times as long as running it.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "espace.sqlite3",
            # Each thread of the server keeps its connection: opening one and setting its options
            # costs as much as the queries of a page.
            "CONN_MAX_AGE": 600,
            # WAL lets pages be read while a sheet is written; IMMEDIATE takes the write lock at
            # once, so that two writers wait for each other instead of failing (measured: 335 of
            # 1,200 lost with the defaults, none like this).
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;"
                    # What is deleted is overwritten, not only forgotten.
                    " PRAGMA secure_delete=ON;"
                ),
            },
            "TEST": {"NAME": None},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Background work: a table of the same database, one worker ---
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Figures keyed by the GEM's version: right or not found, so each process may keep its own.
    "figures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "figures",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

# --- People and sign-in ---
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/entrer/"
LOGIN_REDIRECT_URL = "/accueil/"
ACCOUNT_ADAPTER = "espace.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# Longer than the code lives, so that an old code is told apart from an unknown page.
ACCOUNT_LOGIN_TIMEOUT = 24 * 3600
# Our own page sends this mail: the library's needs a sign-up page, and there is none.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
# Whose address a limit counts: behind a proxy, the one that it saw, never what a visitor wrote.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if PRODUCTION else 0)
# The second factor is asked by our own guard, after the first (docs/decisions/0026).
MFA_ADAPTER = "espace.accounts.protection.ProtectionAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Mon Espace"
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# A signature cannot be guessed: this only bounds the work, for a whole GEM behind one address.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# A whole GEM shares one address: 20 tries an hour would lock it out.
ACCOUNT_RATE_LIMITS = {
    "login_failed": env.str("WRONG_CODES_LIMIT", "100/h/ip,15/h/key"),
    "opening_letter": env.str("LETTERS_LIMIT", "100/h/ip"),
    "request_login_code": env.str("CODES_LIMIT", "100/h/ip,5/h/key"),
    # Ideas sent by a GEM's link, which is the key.
    "idea": env.str("IDEAS_LIMIT", "60/h/ip,60/h/key"),
}
# The identity provider of institutions, such as ProConnect: none unless OIDC_ISSUER names one.
IDENTITY_PROVIDER = (
    {
        "name": env.str("OIDC_NAME", "Mon institution"),
        "issuer": env.str("OIDC_ISSUER").rstrip("/"),
        "client_id": env.str("OIDC_CLIENT_ID", ""),
        "secret": env.str("OIDC_CLIENT_SECRET", ""),
        "scope": env.str("OIDC_SCOPE", "openid email"),
        "acr_values": env.str("OIDC_ACR_VALUES", ""),
        "strong_acr": tuple(env.list("OIDC_STRONG_ACR", ["eidas2", "eidas3"])),
        "prompt": env.str("OIDC_PROMPT", "login"),
        "email_trusted": env.bool("OIDC_EMAIL_TRUSTED", False),
    }
    if env.str("OIDC_ISSUER", "")
    else None
)
if IDENTITY_PROVIDER and not (IDENTITY_PROVIDER["client_id"] and IDENTITY_PROVIDER["secret"]):
    raise ImproperlyConfigured("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.")
SESSION_ENGINE = "espace.accounts.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
# Someone who enters on the GEM's own tablet leaves it to the next person after ten quiet minutes.
SHARED_DEVICE_IDLE = env.int("SHARED_DEVICE_IDLE_MINUTES", 10) * 60
# How long a closed session still knows whose the text sent too late is; it opens nothing.
SHARED_DEVICE_NAME_KEPT = 24 * 3600
DEVICE_COOKIE_NAME = "__Host-appareil" if PRODUCTION else "appareil"
# Wrong cards before we ask to wait; the same for a whole GEM behind one address.
WRONG_CARDS_LIMIT = env.str("WRONG_CARDS_LIMIT", "100/h")
# Each guess costs 16 MB and some hundredths of a second.
CARD_HASH_COST = 2**14
CARD_COOKIE_NAME = "__Host-carte" if PRODUCTION else "carte"
DEVICE_COOKIE_AGE = 395 * 24 * 3600
KNOWN_COOKIE_NAME = "__Host-connu" if PRODUCTION else "connu"
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "espace.public.views.form_expired"

# --- Mail: written to a folder of DATA_DIR unless EMAIL_URL names a server ---
if env.str("EMAIL_URL", ""):
    _mail = env.dj_email_url("EMAIL_URL")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "outbox"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Mon Espace FiGEM <ne-pas-repondre@localhost>")

# --- Language and time ---
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- Files people send: copies under random names, given only by a view that asks who reads ---
MEDIA_ROOT = Path(env.str("FILES_DIR", str(DATA_DIR / "files"))).resolve()

# --- Static files: compressed once, named by their content ---
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "espace.ui.bundle.BundleFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

# --- First names go 13 months after a month is finished; benches keep them ---
FOLDING = env.bool("FOLDING", True)

# --- Weight of pages, for the month (fact « page_month ») ---
WEIGH_PAGES = env.bool("WEIGH_PAGES", True)

# --- Limits and headers ---
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_MB", 10) * 1024 * 1024
# A form of text alone: minutes pasted from elsewhere come back whole with a kind word.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# A file sent stays in this folder while it is read, never in the machine's shared one.
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_HANDLERS = [
    "espace.core.uploads.SizeCap",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "espace.core.logs.DiscreetFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "espace": {"level": "INFO"},
        # Each answer already has its line; this one would add the address, which may hold a name.
        "django.request": {"level": "ERROR"},
    },
}
