"""``./odoo …``: Odoo's own command line in the prepared environment."""

import subprocess
import sys

from .console import Stop, warn
from .instance import opened


def main(words):
    with opened() as instance:
        command = subprocess.Popen(instance.words(*words), env=instance.environment)
        while True:
            try:
                return command.wait()
            except KeyboardInterrupt:
                # Odoo has got it too, and ends in its own way.
                continue


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        warn(str(stop))
        sys.exit(1)
