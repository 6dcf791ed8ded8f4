"""What the suite needs besides Python: Chromium, and a PostgreSQL of its own."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_TOOLS = ("initdb", "pg_ctl")


class MissingToolError(Exception):
    """Something cannot be installed here; the text says what to install."""


def chromium() -> str | None:
    """Return where Chromium is: the variable CHROMIUM, else the usual names on the path."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


def postgresql_tools() -> Path | None:
    """Return the folder of PostgreSQL's server tools (Debian keeps them off the path)."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    candidates = [*folders, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((f for f in candidates if all((f / t).is_file() for t in SERVER_TOOLS)), None)


def install(what: str, packages: list[str]) -> None:
    """Install Debian packages when this is root on Debian; raise MissingToolError otherwise."""
    wanted = f"install {what} (Debian: apt-get install {' '.join(packages)})."
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise MissingToolError(f"{wanted}")
    print(f"{what} is missing: installing it with apt-get…", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise MissingToolError(f"{wanted} apt-get said: {last}")


def need_chromium() -> str:
    """Return the path of Chromium, installing it if it may."""
    if not chromium():
        # The fonts are those the pages fall back on; without any, text has no width.
        install("Chromium", ["chromium", "fonts-dejavu-core"])
    found = chromium()
    if not found:
        raise MissingToolError("install Chromium, or say where it is with the variable CHROMIUM.")
    return found


def free_port() -> int:
    """Return a TCP port nobody uses now on the loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged() -> str | None:
    """Return who runs PostgreSQL, which refuses root: nobody in particular when not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise MissingToolError("create an account named nobody: PostgreSQL refuses to run as root.")


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run a throwaway cluster in ``folder``; yield its address; stop it whatever happens."""
    if not postgresql_tools():
        install("PostgreSQL", ["postgresql"])
    tools = postgresql_tools()
    if not tools:
        raise MissingToolError("install PostgreSQL's server (Debian: apt-get install postgresql).")
    user, port, data = unprivileged(), free_port(), folder / "data"
    password = folder / "password"
    password.write_text(secrets.token_urlsafe(24), encoding="ascii")
    if user:
        account = pwd.getpwnam(user)
        for path in (folder, password):
            os.chown(path, account.pw_uid, account.pw_gid)

    def pg(*command: str) -> None:
        done = subprocess.run(
            [str(tools / command[0]), *command[1:]],
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            cwd=folder,
            # No pipe: the server would keep it open, and this would wait for ever.
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            raise MissingToolError(f"PostgreSQL could not start ({command[0]}); its log is above.")

    pg(
        *("initdb", "--pgdata", str(data), "--username", "espace", "--encoding", "UTF8"),
        *("--auth", "scram-sha-256", "--pwfile", str(password), "--no-sync"),
    )
    # The data are thrown away: nothing needs to reach the disk.
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
    )
    pg("pg_ctl", "start", "-w", "-D", str(data), "-l", str(folder / "log"), "-o", options)
    try:
        word = password.read_text(encoding="ascii")
        yield f"postgres://espace:{word}@127.0.0.1:{port}/postgres"
    finally:
        pg("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(data))
