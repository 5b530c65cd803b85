"""Django's settings. What differs between installations comes from the environment.

DATABASE_URL            the database as the application sees it (wiring/operating/databases.py)
DATABASE_OWNER_URL      the same as its owner; only commands that migrate or clone need it
REDIS_URL               the broker; or sentinel://:password@host:26379/0;sentinel://... with all Sentinels
SPOTCHECK_REDIS_MASTER  the name under which Sentinels know the broker
SPOTCHECK_DATA          the data folder (wiring/machine/places.py)
SPOTCHECK_FILES         where papers and proofs are kept: a folder (default: media in the data folder), or
                        s3://bucket/prefix, with AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
SPOTCHECK_SCANNER       tcp://host:port of a clamd that looks at every file before it is taken (default: none)
SPOTCHECK_MAIL          smtps://user@host:465 or smtp://user@host:587 (network/mail.py); default: no mail anywhere
SPOTCHECK_MAIL_PASSWORD_FILE   the file with the password of that user
SPOTCHECK_MAIL_FROM     the address that letters come from
SPOTCHECK_SSO           name=https://address of an OpenID Connect provider: single sign-on (default: none)
SPOTCHECK_SSO_CLIENT    what this site is called there
SPOTCHECK_SSO_SECRET_FILE   the file with its secret
SPOTCHECK_SSO_NUMBER    which claim says the staff number (default: staff_number)
SPOTCHECK_HOSTS         names under which the site is reached, with commas
SPOTCHECK_HTTPS         0 or 1; default 1 as soon as a host is not this machine
SPOTCHECK_PROXIES       how many proxies of ours stand in front: believe X-Forwarded-Proto, and the address that the
                        outermost of them saw (SPOTCHECK_BEHIND_PROXY=1 says the same as 1)
SPOTCHECK_INSIDE        networks of the offices (10.2.0.0/16,...): from elsewhere a second factor is obligatory
SPOTCHECK_URL           the address of the site as it stands on papers
SPOTCHECK_FONTS         folder with the bureau's licensed fonts (notices/typefaces.py)
SPOTCHECK_FORMS         folder with the bureau's own layouts of forms (forms_templates/README.md)
SPOTCHECK_METRICS_TOKEN a bearer token for /metrics (default: only this machine may read them)
SPOTCHECK_SECRET_KEY    default: made once, kept in the data folder
SPOTCHECK_OLD_SECRET_KEYS   keys that it replaced, with commas: what they sealed can still be read
SPOTCHECK_DEMO          1: with the demonstration and its accounts (default of ./run; nowhere else)
SPOTCHECK_DEBUG         1: for somebody who works on the program
"""

import os
import re
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from spotcheck.api.scopes import SCOPES, SECONDS
from spotcheck.network.mail import MailServer, server_of
from spotcheck.network.single import SingleSignOn, provider_of
from spotcheck.wiring.machine.places import ROOT, data_folder, is_demo_wanted, kept_text, private_text, provide
from spotcheck.wiring.operating import logs
from spotcheck.wiring.operating.databases import application_role, application_url, as_settings
from spotcheck.wiring.site.given import flag, networks, number, one_of, several

_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def _secret_key() -> str:
    """Everybody who forgets to set a key gets one of his own, and keeps it."""
    if given := os.environ.get("SPOTCHECK_SECRET_KEY"):
        return given
    kept = provide(DATA) / "secret_key"
    if not kept_text(kept):  # a new one only ends the sessions
        private_text(kept, secrets.token_urlsafe(50))
    return kept_text(kept)


def _files(given: str) -> tuple[Path, str]:
    """The folder of papers and proofs, and the bucket that is used instead of it (or nothing)."""
    here = DATA / "media"
    if re.fullmatch(r"s3://[\w.-]+(/[\w./-]*)?", given):
        return here, given
    if given and not given.startswith("/"):
        raise ImproperlyConfigured(f"SPOTCHECK_FILES={given}: neither /a/folder nor s3://bucket/prefix")
    return Path(given) if given else here, ""


def _scanner(given: str) -> tuple[str, int] | None:
    """Where clamd listens; nothing when there is no scanner."""
    if not given:
        return None
    found = re.fullmatch(r"tcp://([\w.-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", given)
    if found is None:
        raise ImproperlyConfigured(f"SPOTCHECK_SCANNER={given}: not tcp://host:port")
    return found[1].strip("[]"), int(found[2])


def _mail() -> MailServer | None:
    """Where letters are handed in; nothing when no mail is sent."""
    try:
        return server_of(
            os.environ.get("SPOTCHECK_MAIL", ""),
            password_file=os.environ.get("SPOTCHECK_MAIL_PASSWORD_FILE", ""),
            sender=os.environ.get("SPOTCHECK_MAIL_FROM", ""),
        )
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from None


def _single() -> SingleSignOn | None:
    """The single sign-on; nothing where there is none."""
    try:
        return provider_of(
            os.environ.get("SPOTCHECK_SSO", ""),
            client=os.environ.get("SPOTCHECK_SSO_CLIENT", ""),
            secret_file=os.environ.get("SPOTCHECK_SSO_SECRET_FILE", ""),
            number_claim=os.environ.get("SPOTCHECK_SSO_NUMBER", "staff_number"),
        )
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from None


_GIVEN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SPOTCHECK_SECRET_KEY", "SPOTCHECK_METRICS_TOKEN",
          "SPOTCHECK_SENTINEL_PASSWORD", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")  # fmt: skip
if unchanged := [name for name in _GIVEN if "CHANGE-ME" in os.environ.get(name, "")]:
    raise ImproperlyConfigured(f"{', '.join(unchanged)}: the example's CHANGE-ME stands there still; nothing starts")

DATA = data_folder()
DEBUG = flag("SPOTCHECK_DEBUG")
DEMO = is_demo_wanted()
SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = several("SPOTCHECK_OLD_SECRET_KEYS")
_named = several("SPOTCHECK_HOSTS")
ALLOWED_HOSTS = [*_named, *sorted(_LOOPBACK)]  # whoever watches from this machine asks by no other name
HTTPS = flag("SPOTCHECK_HTTPS", default=not set(_named) <= _LOOPBACK)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "spotcheck.signin",  # before allauth, whose pages it draws in our look
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "spotcheck.api",  # before the toolkit, whose clients are our credentials
    "oauth2_provider",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "spotcheck.parties",
    "spotcheck.files",
    "spotcheck.docket",
    "spotcheck.registers",
    "spotcheck.notices",
    "spotcheck.planning",
    "spotcheck.sampling",
    "spotcheck.inspection",
    "spotcheck.objections",
    "spotcheck.remediation",
    "spotcheck.takeover",
    "spotcheck.casework",
    "spotcheck.desk",
    "spotcheck.laboratories",
    "spotcheck.tablet",
    "spotcheck.look",
    "spotcheck.administration",
    "spotcheck.public",
    *(["spotcheck.demo"] if DEMO else []),
    "spotcheck.wiring.site.apps.WiringConfig",
]

MIDDLEWARE = [
    "spotcheck.wiring.operating.tracing.RequestIds",
    "spotcheck.wiring.site.middleware.Patience",
    "spotcheck.wiring.site.middleware.SecurityHeaders",
    "spotcheck.wiring.site.middleware.NoZeroBytes",
    "spotcheck.wiring.site.middleware.NoLargeBodies",
    "spotcheck.wiring.site.middleware.NoPlainPrograms",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(["spotcheck.wiring.site.loading.LoadingPage"] if DEMO else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "spotcheck.wiring.site.middleware.Maintenance",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "spotcheck.signin.sessions.Sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "spotcheck.wiring.site.urls"
WSGI_APPLICATION = "spotcheck.wiring.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": as_settings(application_url())}
# The migration of the docket takes the right to change entries away from this role.
DATABASE_APPLICATION_ROLE = application_role()

# People

AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]  # one only: each costs a hash a try
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"spotcheck.signin.passwords.{name}"} for name in ("LongAndMixed", "NotOneself", "NotUsual", "NotLately")
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
# What names the accounts that can be entered by a click; nothing: there are none.
SIGN_IN_OFFERS = "spotcheck.demo.accounts.offered" if DEMO else ""

SITE_NAME = "产品质量监督抽查"
MAIL = _mail()
# Networks of the offices: whoever comes from elsewhere needs a second factor.
INSIDE = networks("SPOTCHECK_INSIDE")

# After so many days a password has to be changed at the next sign-in; 0: never by time alone.
PASSWORD_DAYS = number("SPOTCHECK_PASSWORD_DAYS")
# The first one writes passwords, each is read: SM3 (GB/T 32905) only where an assessor asks for it.
_HASHERS = {
    "sha256": "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "sm3": "spotcheck.signin.sm3.SM3PasswordHasher",
}
_first = one_of("SPOTCHECK_PASSWORD_HASH", tuple(_HASHERS))
PASSWORD_HASHERS = [_HASHERS[_first], *(path for name, path in _HASHERS.items() if name != _first)]

ACCOUNT_ADAPTER = "spotcheck.signin.adapters.Accounts"
ACCOUNT_FORMS = {
    "login": "spotcheck.signin.forms.SignInForm",
    "reauthenticate": "spotcheck.signin.forms.AgainForm",
    "change_password": "spotcheck.signin.forms.ChangeForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE says
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# A bureau, or a province behind one address, is one client: what counts is the name that is tried.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "300/m/ip,5/300s/key", "reauthenticate": "10/m/user"}
MFA_ADAPTER = "spotcheck.signin.adapters.Factors"
MFA_FORMS = {
    "authenticate": "spotcheck.signin.forms.CodeForm",
    "reauthenticate": "spotcheck.signin.forms.CodeAgainForm",
    "activate_totp": "spotcheck.signin.forms.AuthenticatorForm",
    "add_webauthn": "spotcheck.signin.forms.KeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SSO = _single()
SOCIALACCOUNT_ADAPTER = "spotcheck.signin.single.Links"
SOCIALACCOUNT_STORE_TOKENS = SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 4
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if SSO is not None:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": SSO.name,
            "name": SSO.name,
            "client_id": SSO.client,
            "secret": SSO.secret,
            "settings": {"server_url": SSO.address},
        }
    ]
USERSESSIONS_TRACK_ACTIVITY = False  # ours writes once in five minutes
CACHES = {"default": {"BACKEND": "spotcheck.network.cache.SharedCache", "KEY_PREFIX": "cache"}}

# Language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Files

# What the codes on the papers lead to; a paper keeps the address it was issued with.
SITE_URL = os.environ.get("SPOTCHECK_URL", "http://127.0.0.1:8000").rstrip("/")

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
SCANNER = _scanner(os.environ.get("SPOTCHECK_SCANNER", ""))
MEDIA_ROOT, BUCKET = _files(os.environ.get("SPOTCHECK_FILES", ""))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "spotcheck.wiring.site.assets.HashedAssets"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600

# Safety

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # forms carry the token; no script reads a cookie of these
LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:  # a browser takes such a name only from this very host and over TLS: no neighbour sets it
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
        "__Host-sessionid", "__Host-csrftoken", "__Host-language",
    )  # fmt: skip
SESSION_COOKIE_AGE = 8 * 60 * 60
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(livez|healthz|readyz|metrics)$"]  # asked by machines, inside
METRICS_TOKEN = os.environ.get("SPOTCHECK_METRICS_TOKEN", "")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS  # of the site's own name
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "spotcheck.look.errors.forged"
PROXIES = number("SPOTCHECK_PROXIES", default=int(flag("SPOTCHECK_BEHIND_PROXY")))
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

# The interface for programs

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
}

SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": [],
    "COMPONENT_SPLIT_REQUEST": False,
    "DISABLE_ERRORS_AND_WARNINGS": False,
}

# Tokens for credentials: client credentials and nothing else (RFC 6749, 9700)
OAUTH2_PROVIDER_APPLICATION_MODEL = "api.Credential"
OAUTH2_PROVIDER = {
    "SCOPES": {name: words.en for name, words in SCOPES.items()},
    "DEFAULT_SCOPES": [],
    "ACCESS_TOKEN_EXPIRE_SECONDS": SECONDS,
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "OAUTH2_VALIDATOR_CLASS": "spotcheck.api.oauth.validator.Validator",
    "SCOPES_BACKEND_CLASS": "spotcheck.api.oauth.granting.OfTheCredential",
    "ACCESS_TOKEN_GENERATOR": "spotcheck.api.secret.token",
    "PKCE_REQUIRED": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
}

# Celery: wakes functions up. No statutory date is ever a message in a queue.

CELERY_BROKER_URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 3600,  # far above every task_time_limit
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
if master := os.environ.get("SPOTCHECK_REDIS_MASTER"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        "master_name": master,
        "sentinel_kwargs": {"password": os.environ.get("SPOTCHECK_SENTINEL_PASSWORD")},
    }
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE

LOGGING = logs.CONFIGURATION
logs.configure()
