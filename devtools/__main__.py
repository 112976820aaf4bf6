"""First stage, run by the machine's Python with nothing but its library.

It fetches what is missing and hands over to the venv, where the commands live.
"""

import os
import sys

from . import odoo_home, paths, python_env
from .console import Stop, warn

# These parts of ./test look at files only.
WITHOUT_ODOO = (("test", "unit"), ("test", "lint"), ("test", "lowest"))


def prepare(words):
    paths.cache().mkdir(parents=True, exist_ok=True)
    python_env.ensure()
    if tuple(words[:2]) not in WITHOUT_ODOO:
        odoo_home.ensure()


def main(words):
    prepare(words)
    python = paths.venv_bin("python")
    module = f"devtools.command_{words[0]}"
    os.execv(python, [str(python), "-m", module, *words[1:]])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Stop as stop:
        warn(str(stop))
        sys.exit(1)
    except KeyboardInterrupt:
        warn("Interrupted. The next start goes on from here.")
        sys.exit(130)
