"""``make audit``: the page audit kit, on a site of its own, signed in as each role and not."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import machine
from tests.site import ROOT, Site, pages, running

NEEDS_NODE = ("npm", "java")


def kit_folder() -> Path:
    """Return a copy of the kit where its own needs may be installed."""
    kit = Path(os.environ.get("AUDIT_KIT", ROOT.parent / "shared/audit")).resolve()
    if not (kit / "audit.py").is_file():
        raise machine.MissingToolError(
            "no audit kit here: say where it is with make audit AUDIT_KIT=/path/to/it."
        )
    missing = [name for name in NEEDS_NODE if not shutil.which(name)]
    if missing:
        raise machine.MissingToolError(
            f"the audit kit needs {' and '.join(missing)} "
            "(Debian: apt-get install nodejs npm openjdk-17-jre-headless)."
        )
    copy = ROOT / "var" / "audit-kit"
    shutil.copytree(kit, copy, dirs_exist_ok=True, copy_function=shutil.copyfile)
    if not (copy / "node_modules").is_dir():
        print("Installing what the audit kit needs…", flush=True)
        subprocess.run(
            ["npm", "install", "--ignore-scripts", "--no-fund", "--no-audit", "--silent"],
            cwd=copy,
            check=True,
        )
    return copy


def audit(site: Site, kit: Path, role: str, addresses: list[str]) -> bool:
    """Audit the pages of one role; return whether every threshold is met."""
    name = role or "visitor"
    print(f"\n--- {name}: {len(addresses)} pages", flush=True)
    addresses = [site.address(role, address) for address in addresses]
    listed = ROOT / "var" / f"audit-{name}.txt"
    listed.write_text("\n".join(addresses), encoding="utf-8")
    command = [sys.executable, "audit.py", f"{site.url}{addresses[0]}", "--pages", str(listed)]
    command += ["--failures", "--json", str(listed.with_suffix(".json"))]
    if role:
        cookie = site.cookie(role)
        command += ["--cookie", f"{cookie['name']}={cookie['value']}"]
    environment = {**os.environ, "CHROMIUM": machine.need_chromium()}
    return subprocess.run(command, cwd=kit, env=environment).returncode == 0


def main() -> int:
    """Audit every page of tests/pages.txt; return 0 when all is met."""
    try:
        kit = kit_folder()
        machine.need_chromium()
    except machine.MissingToolError as sentence:
        print(f"The audit cannot run: {sentence}", file=sys.stderr)
        return 1
    by_role: dict[str, list[str]] = {}
    for role, address in pages():
        by_role.setdefault(role, []).append(address)
    with (
        tempfile.TemporaryDirectory(prefix="espace-audit-") as folder,
        running(Path(folder)) as site,
    ):
        met = [audit(site, kit, role, addresses) for role, addresses in by_role.items()]
    print("\nEvery threshold is met." if all(met) else "\nSome thresholds are missed, see above.")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
