"""The Dagster daemon, with its history kept open: before it starts a publication it writes one event for each of its checks.

`python -m pipelines.dagster_ui.daemon` takes what `python -m dagster._daemon` takes.
"""

from dagster._daemon.cli import main

from pipelines.dagster_ui.history import history_kept_open

if __name__ == "__main__":
    with history_kept_open():
        main()
