"""apt-get, which waits for its turn: a fresh machine often runs its own upgrades."""

import os
import re
import shlex
import subprocess
import sys
import time

from .console import Stop, say

# apt waits for dpkg's lock by itself, and ends at once at those of its lists and of
# its archive. Seconds.
DPKG_WAIT = 60
PATIENCE = 1800
PAUSE = 2
HELD = re.compile(r"^E: Could not get lock (.*)$", re.MULTILINE)


def get(*words, cwd=None):
    """Run ``apt-get``; while another program has its locks, wait; Stop if it fails.

    :param words: the command and its words, options first
    """
    command = ["apt-get", "-o", f"DPkg::Lock::Timeout={DPKG_WAIT}", *map(str, words)]
    # Its words are read, so they must be English.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    end, told = time.monotonic() + PATIENCE, False
    while True:
        done = subprocess.run(
            command, cwd=cwd, env=environment, stderr=subprocess.PIPE, text=True
        )
        held = HELD.search(done.stderr) if done.returncode else None
        if not held or time.monotonic() > end:
            break
        if not told:
            say(f"Another program uses apt, waiting for it: {held[1]}")
        told = True
        time.sleep(PAUSE)
    sys.stderr.write(done.stderr)
    if done.returncode:
        raise Stop(
            f"This command ended with code {done.returncode}: {shlex.join(command)}"
        )
