"""``manage.py serve``: prepare, then keep the web server and one background worker running.

Own supervisor (docs/decisions/0004): a child that dies is started again, a little later each time;
one that cannot stay up stops everything with a plain sentence. Ctrl-C or SIGTERM stop both cleanly.
"""

import http.client
import os
import signal
import socket
import sys
import time
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from espace.core.supervision import Child, GivenUpError

WEB = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
WORKER = [sys.executable, "manage.py", "db_worker", "--no-reload", "--verbosity", "0"]
LOOK_EVERY_SECONDS = 0.1
ANSWER_WITHIN_SECONDS = 120


class Command(BaseCommand):
    help = "Serve the site with its background worker until Ctrl-C."

    def handle(self, *args: object, **options: object) -> None:
        self.stopping = False
        self.refuse_a_taken_port()
        self.prepare()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        children = [
            Child("web server", WEB, settings.BASE_DIR, environment),
            Child("background worker", WORKER, settings.BASE_DIR, environment),
        ]
        try:
            self.watch(children)
        except GivenUpError as reason:
            raise CommandError(str(reason)) from None
        finally:
            for child in children:
                child.ask_to_stop()
            for child in children:
                child.wait_until_stopped()
        self.say("Stopped.")

    def prepare(self) -> None:
        """Do here what `make install` does: one process less to wait for."""
        try:
            call_command("prepare", stdout=self.stdout)
        except KeyboardInterrupt:
            raise CommandError("Stopped while preparing: start again, it goes on.") from None
        connections.close_all()

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def watch(self, children: list[Child]) -> None:
        """Keep the children up until asked to stop, and say once where the site is."""
        announced, deadline = False, time.monotonic() + ANSWER_WITHIN_SECONDS
        while not self.stopping:
            for child in children:
                sentence = child.keep_up(time.monotonic())
                if sentence:
                    self.say(sentence)
            if not announced and self.answers():
                self.say(f"{self.address()}   (Ctrl-C to stop)")
                announced = True
            if not announced and time.monotonic() > deadline:
                raise GivenUpError(
                    f"The site did not answer within {ANSWER_WITHIN_SECONDS} seconds."
                )
            time.sleep(LOOK_EVERY_SECONDS)

    def refuse_a_taken_port(self) -> None:
        """Say it now, in one sentence, rather than let the web server fail again and again."""
        with socket.socket(socket.AF_INET6 if ":" in self.reach() else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.reach(), settings.PORT))
            except OSError:
                raise CommandError(
                    f"Port {settings.PORT} of {settings.HOST} cannot be used (taken, or not "
                    f"yours): choose another one with make start PORT={settings.PORT + 1}."
                ) from None

    def answers(self) -> bool:
        """Tell whether the home page is really served."""
        connection = http.client.HTTPConnection(self.reach(), settings.PORT, timeout=5)
        try:
            connection.request("GET", "/", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
            return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        except OSError:
            return False
        finally:
            connection.close()

    def reach(self) -> str:
        """Return the address by which this machine reaches the site."""
        return {"localhost": "127.0.0.1", "0.0.0.0": "127.0.0.1"}.get(settings.HOST, settings.HOST)  # noqa: S104

    def address(self) -> str:
        """Return what to type in a browser."""
        everywhere = settings.HOST == "0.0.0.0"  # noqa: S104
        return f"http://localhost:{settings.PORT}" if everywhere else settings.SITE_URL

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
