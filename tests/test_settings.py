"""The one settings file, read by a real process with its own environment."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.site import ROOT
from tests.suite import PRODUCTION

pytestmark = pytest.mark.once


def manage(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(folder), **variables},
        capture_output=True,
        text=True,
    )


def setting(folder: Path, name: str, **variables: str) -> str:
    """Return a setting as printed by a process with these variables."""
    done = manage(
        folder, "shell", "--no-imports", "-c",
        f"from django.conf import settings; print(settings.{name})", **variables,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_production_passes_djangos_own_check(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_half_configured(tmp_path: Path, missing: str) -> None:
    variables = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = manage(tmp_path, "check", **variables)
    assert done.returncode != 0
    assert "MODE=production needs SECRET_KEY and ALLOWED_HOSTS." in done.stderr


def test_an_unknown_mode_is_refused(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", MODE="prod")
    assert done.returncode != 0
    assert "MODE must be" in done.stderr


def test_nothing_set_is_safe_on_this_machine(tmp_path: Path) -> None:
    assert setting(tmp_path, "HOST") == "localhost"
    assert setting(tmp_path, "DEBUG") == "False"
    assert setting(tmp_path, "DATABASES['default']['ENGINE']") == "django.db.backends.sqlite3"


def test_the_secret_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first = setting(tmp_path, "SECRET_KEY")
    assert len(first) >= 50
    assert setting(tmp_path, "SECRET_KEY") == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_demonstration_people_do_not_exist_in_production(tmp_path: Path) -> None:
    assert setting(tmp_path, "PREPARED_BY", **PRODUCTION) == "['count_places']"
    assert setting(tmp_path, "SESSION_COOKIE_NAME", **PRODUCTION) == "__Host-sessionid"


def test_behind_the_proxy_of_production_limits_count_each_visitor(tmp_path: Path) -> None:
    assert setting(tmp_path, "ALLAUTH_TRUSTED_PROXY_COUNT") == "0"
    assert setting(tmp_path, "ALLAUTH_TRUSTED_PROXY_COUNT", **PRODUCTION) == "1"
