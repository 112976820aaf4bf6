"""``./bench [pdf|email|queue|open|chaos] [--json FILE]``: measured against core.

Medians of one run on one machine. A ratio is core's time divided by ours, so more is
better; null says that core could not be measured here. ``chaos`` is not among those
that run by themselves: it breaks things for some minutes.
"""

import argparse
import importlib
import json
import subprocess
import sys
from pathlib import Path

from . import paths
from .console import Stop, say, warn
from .instance import opened

BENCHES = ("pdf", "email", "queue", "open")
CHAOS_DATABASE = "chaos"


def parse(words):
    parser = argparse.ArgumentParser(prog="./bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, "chaos", []])
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args(words)


def run_chaos(instance):
    """The same misfortune for both roads, each on a fresh database."""
    for road in ("ours", "core"):
        instance.drop(CHAOS_DATABASE)
        instance.ensure_database(CHAOS_DATABASE)
        words = ("-m", "devtools.chaos.bench", instance.config, CHAOS_DATABASE)
        path = f"{instance.odoo.path}:{paths.ROOT}"
        subprocess.run(
            [paths.venv_bin("python"), *map(str, words), "--road", road],
            env={**instance.environment, "PYTHONPATH": path},
            stderr=subprocess.DEVNULL,
            check=True,
        )


def main(words):
    options = parse(words)
    figures = {}
    with opened() as instance:
        if "chaos" in options.names:
            run_chaos(instance)
            options.names.remove("chaos")
            if not options.names:
                return
        for name in options.names or BENCHES:
            say(f"— {name}")
            module = importlib.import_module(f"devtools.bench_{name}")
            figures[name] = module.run(instance)
            for figure, value in figures[name].items():
                say(f"{figure:24} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=4) + "\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Stop as stop:
        warn(str(stop))
        sys.exit(1)
