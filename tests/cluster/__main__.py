"""`python -m tests.cluster [--documents FOLDER --most 40]`: ends with 1 where something is not as in the local run."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.cluster.servers import lacking

if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.cluster")
    asked.add_argument("--documents", type=Path, help="a folder of documents to add to the sample")
    asked.add_argument("--most", type=int, default=200, help="how many of them: every n-th by name")
    options = asked.parse_args()
    if reason := lacking():
        print(f"Skipped: {reason}.")
        sys.exit(0)
    from tests.cluster.trial import run

    with tempfile.TemporaryDirectory(prefix="peso-cluster-") as made:
        folder = Path(made)
        folder.chmod(0o755)  # PostgreSQL, another user, has its folder inside
        sys.exit(run(folder, options.documents, options.most))
