"""An authorization server of django-oauth-toolkit, in one file.

Its arguments are a folder for its database, and a JSON object: `options` for the toolkit, `clients` to register.
It chooses a free port of the loopback address, and prints its address.
"""

import json
import socketserver
import sys
import threading
import wsgiref.simple_server

import django
from django.conf import settings

FOLDER, ARGUMENTS = sys.argv[1], json.loads(sys.argv[2])
APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider"]
LOGIN = '<form method="post">{% csrf_token %}{{ form }}<button>Log in</button></form>'

settings.configure(
    SECRET_KEY="for tests only",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    LOGIN_URL="/login/",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{FOLDER}/db.sqlite3"}},
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    INSTALLED_APPS=APPS,
    # Tables as the models are, without the steps that led to them.
    MIGRATION_MODULES={app.split(".")[-1]: None for app in APPS},
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"login.html": LOGIN}),
                    "django.template.loaders.app_directories.Loader",
                ]
            },
        }
    ],
    OAUTH2_PROVIDER=ARGUMENTS["options"],
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.auth.views import LoginView  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db.models.signals import pre_delete  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.decorators import protected_resource  # noqa: E402
from oauth2_provider.models import AccessToken, Application  # noqa: E402

# Two refreshes that come to their first write together. Nobody waits before it is armed.
race = threading.Barrier(2)
armed = threading.Event()


def meet(**_):
    if armed.is_set():
        race.wait(timeout=10)


def arm(_request):
    armed.set()
    return HttpResponse()


def disarm(_request):
    armed.clear()
    return HttpResponse()


@protected_resource()
def me(request):
    return JsonResponse({"user": request.resource_owner.username})


urlpatterns = [
    path("login/", LoginView.as_view(template_name="login.html")),
    path("me/", me),
    path("race/arm/", arm),
    path("race/disarm/", disarm),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]


class Server(socketserver.ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    daemon_threads = True


call_command("migrate", run_syncdb=True, verbosity=0)
User.objects.create_user("ada", password="any")
for client in ARGUMENTS["clients"]:
    Application.objects.create(name="sealring", **client)
pre_delete.connect(meet, sender=AccessToken)
server = wsgiref.simple_server.make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Server)
print(f"ready at http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
