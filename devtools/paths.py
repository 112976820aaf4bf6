"""Where things lie. Nothing is written outside the cache and ignored folders."""

import hashlib
import os
from pathlib import Path

MODULE = "account_email"
ROOT = Path(__file__).resolve().parent.parent
DEVTOOLS = ROOT / "devtools"


def cache():
    chosen = os.environ.get("ACCOUNT_EMAIL_CACHE") or "~/.cache/account_email"
    return Path(os.path.abspath(os.path.expanduser(chosen)))


def slug():
    """A name for this checkout with this cache, so that two never mix."""
    return hashlib.sha256(f"{ROOT}\n{cache()}".encode()).hexdigest()[:10]


def workspace():
    """The folder in the cache that belongs to this checkout alone."""
    folder = cache() / "checkouts" / slug()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def venv():
    return cache() / "venv"


def venv_bin(name):
    return venv() / "bin" / name


def addons():
    """The addons folder; Odoo names a module after its folder, hence the link."""
    folder = workspace() / "addons"
    folder.mkdir(exist_ok=True)
    link = folder / MODULE
    if not link.is_symlink():
        link.symlink_to(ROOT, target_is_directory=True)
    return folder


def venv_addons():
    """Addons of others that came as Python packages: OCA's queue_job."""
    return sorted(venv().glob("lib/python*/site-packages/odoo/addons"))
