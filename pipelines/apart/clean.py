"""The server of processes begins without what whoever runs the program has in its environment: the keys of a bucket, the password of
a mail server. Unsetting them would leave them in memory, so it begins anew. Imported by that server only, before `warm`.
"""

import os
import signal
import sys

_NEEDED = ("HOME", "LANG", "PATH", "PESO_HOME", "PESO_LANG", "TESSDATA_PREFIX", "TMPDIR", "TZ")
_NEEDED_OF = ("LC_", "PYTHON", "COVERAGE")
_BEGUN_ANEW = "READERS_BEGUN_ANEW"  # once: where Python itself adds a variable at its start, it would begin for ever

_kept = {name: text for name, text in os.environ.items() if name in _NEEDED or name.startswith(_NEEDED_OF)}
if _BEGUN_ANEW not in os.environ and len(_kept) < len(os.environ):
    os.execve(sys.executable, sys.orig_argv, _kept | {_BEGUN_ANEW: "1"})
signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a shell, or Dagster, may have had it ignored
