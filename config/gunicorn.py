"""How gunicorn serves the site: bounded, so that a busy afternoon never exhausts the machine."""

import os
import socket

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings


def addresses(host: str, port: int) -> list[str]:
    """Return where to listen: both loopbacks for localhost, so that any browser finds it."""
    if host != "localhost":
        return [f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]
    found = [f"127.0.0.1:{port}"]
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("::1", port))
        found.append(f"[::1]:{port}")
    except OSError:  # no IPv6 on this machine
        return found
    return found


wsgi_app = "config.wsgi:application"
bind = addresses(settings.HOST, settings.PORT)
workers = settings.WEB_WORKERS
worker_class = "gthread"
threads = settings.WEB_THREADS
preload_app = True
timeout = 30
graceful_timeout = 10
keepalive = 5
# Requests go through a few of the same processes for weeks: a small leak must not add up.
max_requests = 10_000
max_requests_jitter = 1_000
# The home folder may be read only, and nothing here is steered from outside.
control_socket_disable = True
# One line per request is written by espace.core.middleware, without paths nor personal data.
accesslog = None
loglevel = "warning"
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {"gunicorn.error": {"level": "WARNING", "propagate": True}},
}
