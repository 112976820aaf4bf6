"""What the commands say to the person at the terminal."""

import shlex
import subprocess
import sys


class Stop(Exception):
    """Ends a command with one sentence that says what to do."""


def say(text):
    print(text, flush=True)


def warn(text):
    print(text, file=sys.stderr, flush=True)


REMARKS: list[str] = []


def remark(text):
    """Warn of what stops nobody, and again when all is done: see ``REMARKS``."""
    REMARKS.append(text)
    warn(f"Warning: {text}")


def call(*command, **options):
    """Run a command whose output the person may watch; Stop if it fails."""
    words = [str(word) for word in command]
    code = subprocess.run(words, **options).returncode
    if code:
        raise Stop(f"This command ended with code {code}: {shlex.join(words)}")


def output(*command, **options):
    """Run a command and return what it printed; Stop if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode:
        raise Stop(f"This command failed: {shlex.join(words)}\n{done.stderr.strip()}")
    return done.stdout
