"""Run every bench, one after the other: ``python -m bench``."""

import subprocess
import sys
from pathlib import Path

NOT_TIMINGS = ("trim_territory.py", "hand.py")
"""What makes a file of the tree from a package of the registry, and what a bench is made of."""


def main() -> int:
    """Run each script of this folder in a process of its own; return 1 when one failed."""
    failed = []
    for script in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        if script.name in NOT_TIMINGS:
            continue
        print(f"\n--- {script.stem.replace('_', ' ')}", flush=True)
        if subprocess.run([sys.executable, str(script)]).returncode:
            failed.append(script.name)
    if failed:
        print(f"These did not run to their end: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
