"""Django settings, read from the environment once. Every name here is explained in `docs/reference/settings.md`."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from csp.constants import NONE, SELF

from hocvuso.config import env, keys
from hocvuso.lib import clock
from hocvuso.lib.errors import NotReady

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = PACKAGE / "data"
AUDIENCES = ("shared", "public", "learner", "team", "office")  # each has its own pages under web/

PRODUCTION = env.envbool("HOCVUSO_PRODUCTION")
HOME = env.envpath("HOCVUSO_HOME", Path.cwd() / "var")
# A home in which the demo was made stays a demo for every later command, unless the environment says otherwise.
DEMO = env.envbool("HOCVUSO_DEMO", default=(HOME / "demo").exists())
if DEMO and PRODUCTION:
    raise NotReady(
        "HOCVUSO_DEMO=1 và HOCVUSO_PRODUCTION=1 không được bật cùng nhau: tài khoản mẫu không bao giờ chạy trên máy chủ chính thức."
    )

env.demand_folder("HOCVUSO_HOME", HOME)

SECRET_KEY = keys.secret("HOCVUSO_SECRET_KEY", home=HOME, production=PRODUCTION)
IDENTITY_KEY = keys.identity_key(home=HOME, production=PRODUCTION)
CERTIFICATE_KEY = keys.certificate_key(home=HOME, production=PRODUCTION)
SYNC_KEY = keys.sync_key(home=HOME, production=PRODUCTION)
UPWARD_KEY = keys.upward_key(home=HOME, production=PRODUCTION)

DEMO_PASSWORD = "hoc-vu-so-2025"  # noqa: S105  printed on the demo's sign-in page; demo accounts are refused in production
DEMO_DAY = dt.date(2025, 10, 17)
BUSINESS_DAY = env.envdate("HOCVUSO_TODAY", DEMO_DAY.isoformat() if DEMO else "")
if PRODUCTION and BUSINESS_DAY:
    raise NotReady("HOCVUSO_TODAY: máy chủ chính thức luôn theo ngày của máy; hãy bỏ giá trị này.")
clock.stand_on(BUSINESS_DAY)

HOST = env.envstr("HOCVUSO_HOST", "127.0.0.1")
PORT = env.envint("HOCVUSO_PORT", 8000, low=1, high=65535)
ALLOWED_HOSTS = env.envlist("HOCVUSO_ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1]")
if PRODUCTION and not ALLOWED_HOSTS:
    raise NotReady("HOCVUSO_ALLOWED_HOSTS: máy chủ chính thức phải ghi rõ tên miền.")
DEBUG = False
# Under which address the links on certificates are found: it stands on paper, so it must last.
PUBLIC_URL = env.envurl("HOCVUSO_PUBLIC_URL", f"http://{HOST}:{PORT}")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "hocvuso.config.apps.ConfigApp",
    "hocvuso.audit",
    "hocvuso.attachments",
    "hocvuso.places",
    "hocvuso.people",
    "hocvuso.messages.apps.MessagesApp",
    "hocvuso.sync",
    "hocvuso.evidence",
    "hocvuso.items",
    "hocvuso.plans",
    "hocvuso.means",
    "hocvuso.inspection",
    "hocvuso.practices",
    "hocvuso.tasks",
    "hocvuso.learning",
    "hocvuso.assessment",
    "hocvuso.credentials",
    "hocvuso.fieldwork",
    "hocvuso.concerns",
    "hocvuso.measure",
    "hocvuso.reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hocvuso.web.shared.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "hocvuso.web.shared.uploads.FileBodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "hocvuso.web.shared.middleware.ErrorPages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hocvuso.config.urls"
WSGI_APPLICATION = "hocvuso.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / audience / "templates" for audience in AUDIENCES],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hocvuso.web.shared.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "hocvuso.web.shared.tags",
                "hocvuso.web.shared.notice_tags",
                "hocvuso.web.shared.report_tags",
                "hocvuso.web.shared.means_tags",
                "hocvuso.web.shared.concern_tags",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.envstr("HOCVUSO_DATABASE"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {}),
    )
]
LOGIN_URL = "sign_in"
SESSION_COOKIE_NAME = "hvs_session"
SESSION_COOKIE_AGE = env.envint("HOCVUSO_SESSION_MINUTES", 240, low=1, high=1440) * 60
# A citizen's visit, counted from the last page; short on a phone that others use, too.
LEARNER_SESSION_MINUTES = env.envint("HOCVUSO_LEARNER_MINUTES", 720, low=5, high=43_200)
SHARED_PHONE_MINUTES = env.envint("HOCVUSO_SHARED_PHONE_MINUTES", 15, low=2, high=120)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hocvuso.web.shared.views.form_expired"
OTP_TOTP_ISSUER = "Học Vụ Số"
OTP_TOTP_THROTTLE_FACTOR = 1

# Wrong passwords: counted for each account and address together, and forgotten after a while, so that nobody can lock a colleague out.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "hocvuso.web.shared.address.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "hocvuso.web.shared.views.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Signing in with VNeID, and telling it who has passed. Its specification is not public: whatever it may turn out to be is set here.
VNEID_ISSUER = env.envaddress("HOCVUSO_VNEID_ISSUER", secure=PRODUCTION)
VNEID_CLIENT_ID = env.envstr("HOCVUSO_VNEID_CLIENT_ID", "hoc-vu-so")
# The demo's own stand-in knows the secret without anybody handing it over: both processes have the same key.
VNEID_CLIENT_SECRET = env.envstr("HOCVUSO_VNEID_CLIENT_SECRET") or (
    hashlib.sha256(f"{SECRET_KEY}:vneid-standin".encode()).hexdigest() if DEMO else ""
)
VNEID_SCOPE = env.envstr("HOCVUSO_VNEID_SCOPE", "openid profile")
VNEID_CLAIMS = env.envpairs(
    "HOCVUSO_VNEID_CLAIMS", "number=identity_number,name=name,birth=birthdate,sex=gender",
    known=("number", "name", "birth", "sex"),
)  # fmt: skip
if not {"number", "name"} <= VNEID_CLAIMS.keys():
    raise NotReady("HOCVUSO_VNEID_CLAIMS: phải có number và name.")
VNEID_CONFIRM_URL = env.envaddress("HOCVUSO_VNEID_CONFIRM_URL", secure=PRODUCTION)
if (VNEID_ISSUER or VNEID_CONFIRM_URL) and not VNEID_CLIENT_SECRET:
    raise NotReady("HOCVUSO_VNEID_CLIENT_SECRET: đã đặt địa chỉ của VNeID thì phải có khóa của ứng dụng.")

# The instance of the level above, which is sent the figures of our province once an hour; without it, nothing is sent by itself.
UPWARD_URL = env.envaddress("HOCVUSO_UPWARD_URL", secure=PRODUCTION).rstrip("/")
UPWARD_UNIT = env.envstr("HOCVUSO_UPWARD_UNIT")
if UPWARD_URL and not UPWARD_KEY:
    raise NotReady("HOCVUSO_UPWARD_KEY: đã đặt HOCVUSO_UPWARD_URL thì phải có khóa ký số liệu gửi lên.")
if UPWARD_URL and not UPWARD_UNIT:
    raise NotReady("HOCVUSO_UPWARD_UNIT: đã đặt HOCVUSO_UPWARD_URL thì phải ghi mã tỉnh gửi số liệu, như 66.")

# Letters go out through the office's own server; without one, messages stay inside the system.
SMTP_HOST = env.envstr("HOCVUSO_SMTP_HOST")
SMTP_TLS = env.envone("HOCVUSO_SMTP_TLS", "starttls", ("starttls", "tls", "off"))
SMTP_PORT = env.envint("HOCVUSO_SMTP_PORT", 465 if SMTP_TLS == "tls" else 587, low=1, high=65535)
SMTP_USER = env.envstr("HOCVUSO_SMTP_USER")
SMTP_PASSWORD = env.envstr("HOCVUSO_SMTP_PASSWORD")
SMTP_FROM = env.envstr("HOCVUSO_SMTP_FROM")
if SMTP_HOST and "@" not in SMTP_FROM:
    raise NotReady("HOCVUSO_SMTP_FROM: đã đặt HOCVUSO_SMTP_HOST thì phải ghi địa chỉ gửi, dạng ten@co-quan.gov.vn.")
SMTP_PER_MINUTE = env.envint("HOCVUSO_SMTP_PER_MINUTE", 300, low=1, high=10_000)

# Zalo and SMS: off until their address is set. The demo's stand-in knows its secrets as that of VNeID does.
ZALO_URL = env.envaddress("HOCVUSO_ZALO_URL", secure=PRODUCTION)
ZALO_TOKEN_URL = env.envaddress("HOCVUSO_ZALO_TOKEN_URL", secure=PRODUCTION)
ZALO_APP_ID = env.envstr("HOCVUSO_ZALO_APP_ID", "hoc-vu-so" if DEMO else "")
ZALO_SECRET = env.envstr("HOCVUSO_ZALO_SECRET") or (keys.of_standin(SECRET_KEY, "zalo") if DEMO else "")
ZALO_REFRESH_TOKEN = env.envstr("HOCVUSO_ZALO_REFRESH_TOKEN") or (
    keys.of_standin(SECRET_KEY, "zalo-refresh") if DEMO else ""
)
ZALO_TEMPLATE = env.envstr("HOCVUSO_ZALO_TEMPLATE", "mau-thu" if DEMO else "")
ZALO_FIELDS = env.envpairs(
    "HOCVUSO_ZALO_FIELDS", "subject=noi_dung,where=noi_xem,warning=luu_y",
    known=("name", "subject", "where", "warning", "day"),
)  # fmt: skip
ZALO_PER_MINUTE = env.envint("HOCVUSO_ZALO_PER_MINUTE", 60, low=1, high=10_000)
if ZALO_URL and not (ZALO_TOKEN_URL and ZALO_APP_ID and ZALO_SECRET and ZALO_REFRESH_TOKEN and ZALO_TEMPLATE):
    raise NotReady(
        "HOCVUSO_ZALO_URL: đã đặt thì phải có đủ HOCVUSO_ZALO_TOKEN_URL, HOCVUSO_ZALO_APP_ID, HOCVUSO_ZALO_SECRET, "
        "HOCVUSO_ZALO_REFRESH_TOKEN và HOCVUSO_ZALO_TEMPLATE."
    )
SMS_URL = env.envaddress("HOCVUSO_SMS_URL", secure=PRODUCTION)
SMS_FORM = env.envfile("HOCVUSO_SMS_FORM", "plain", folder=DATA_DIR / "sms_forms", ending=".yaml")
SMS_USER = env.envstr("HOCVUSO_SMS_USER")
SMS_SECRET = env.envstr("HOCVUSO_SMS_SECRET") or (keys.of_standin(SECRET_KEY, "sms") if DEMO else "")
SMS_BRAND = env.envstr("HOCVUSO_SMS_BRAND", "HOCVUSO")
SMS_ACCENTS = env.envbool("HOCVUSO_SMS_ACCENTS")
SMS_SEGMENTS = env.envint("HOCVUSO_SMS_SEGMENTS", 2, low=1, high=4)
if SMS_ACCENTS and SMS_SEGMENTS < 2:
    raise NotReady("HOCVUSO_SMS_SEGMENTS: tin có dấu cần ít nhất 2 đoạn.")
SMS_PER_MINUTE = env.envint("HOCVUSO_SMS_PER_MINUTE", 30, low=1, high=10_000)
SMS_PER_WEEK = env.envint("HOCVUSO_SMS_PER_WEEK", 2, low=0, high=50)
# No telephone rings between these hours, in Hà Nội time.
QUIET_FROM = env.envint("HOCVUSO_QUIET_FROM", 21, low=0, high=23)
QUIET_UNTIL = env.envint("HOCVUSO_QUIET_UNTIL", 7, low=0, high=23)
# Notices of officials: when their letter goes out, how long it is, what does not wait for it, how long what was read is kept.
DIGEST_HOUR = env.envint("HOCVUSO_DIGEST_HOUR", 7, low=0, high=23)
DIGEST_LINES = env.envint("HOCVUSO_DIGEST_LINES", 20, low=1, high=200)
URGENT_KINDS = env.envlist("HOCVUSO_URGENT_KINDS", "returned,escalation")
NOTICE_DAYS = env.envint("HOCVUSO_NOTICE_DAYS", 90, low=1, high=3650)

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "hvs_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [
    *(
        PACKAGE / "web" / audience / "static"
        for audience in AUDIENCES
        if (PACKAGE / "web" / audience / "static").is_dir()
    ),
    # Pictures of the lessons, and nothing else of a course pack.
    *((f"courses/{images.parent.name}", images) for images in sorted((DATA_DIR / "courses").glob("*/images"))),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hocvuso.web.shared.storage.HashedStatic"},
}
MEASURE_DIR = HOME / "measure"
# Days off, and when reports are sent where a plan is silent: an office may have its own.
HOLIDAYS_FILE = env.envpath("HOCVUSO_HOLIDAYS", DATA_DIR / "holidays.yaml")
REPORTING_FILE = env.envpath("HOCVUSO_REPORTING", DATA_DIR / "reporting.yaml")
# What everybody may see of the figures: nothing until a province says what.
OPEN_RESULTS = (
    env.envpath("HOCVUSO_OPEN_RESULTS", PACKAGE)
    if env.envstr("HOCVUSO_OPEN_RESULTS")
    else DATA_DIR / "open_results.yaml"
    if DEMO
    else None
)
# The shape of the files for the province's reporting system; an office names its own.
EXCHANGE_MAPPING = (
    env.envpath("HOCVUSO_EXCHANGE_MAPPING", PACKAGE)
    if env.envstr("HOCVUSO_EXCHANGE_MAPPING")
    else DATA_DIR / "exchange" / "bao-cao-tinh.yaml"
)
UPLOADS_DIR = HOME / "uploads"
RECEIVED_DIR = HOME / "received"  # figures that other instances sent here
SIMULATED_ASKED_EVERY = 30  # seconds between two looks whether the database holds simulated people

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.envlevel("HOCVUSO_LOG", "WARNING")},
}
