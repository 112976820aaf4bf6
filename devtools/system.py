"""What only tests need of the machine, installed where that is allowed."""

import os
import shutil

from . import apt
from .console import Stop, output, say

# program -> Debian's package
NEEDED = {"chromium": "chromium", "pdftoppm": "poppler-utils"}
# Not in every release, and never needed: tests that compare with it skip that part.
WELCOME = {"wkhtmltopdf": "wkhtmltopdf"}


def ensure():
    missing = [package for name, package in NEEDED.items() if not shutil.which(name)]
    if missing and not may_install():
        raise Stop(f"Tests need these packages, please install: {' '.join(missing)}")
    if not may_install():
        return
    wanted = [package for name, package in WELCOME.items() if not shutil.which(name)]
    if missing or wanted:
        install(missing, wanted)


def may_install():
    return os.geteuid() == 0 and shutil.which("apt-get")


def install(missing, wanted):
    apt.get("update", "-qq")
    available = [name for name in wanted if is_available(name)]
    if missing or available:
        say(f"Installing {' '.join(missing + available)} …")
        words = ("install", "-qq", "--yes", "--no-install-recommends")
        apt.get(*words, *missing, *available)


def is_available(package):
    return "Candidate: (none)" not in output("apt-cache", "policy", package) and bool(
        output("apt-cache", "policy", package).strip()
    )
