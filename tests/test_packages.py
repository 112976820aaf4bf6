import subprocess
import sys
from pathlib import Path

from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import config

from ..pdf import gate
from .common import AccountEmailCommon

SCRIPT = Path(__file__).with_name("without_package.py")
# Core itself does not start without the others of the manifest.
OPTIONAL = ("pypdf", "dns", "uharfbuzz", "authlib", "joserfc")


@tagged("post_install", "-at_install")
class TestPackages(BaseCase):
    """A package that is missing takes no database down."""

    def _start_without(self, package):
        words = [sys.executable, SCRIPT, package, config["config"], get_db_name()]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    def test_the_database_starts(self):
        for package in OPTIONAL:
            with self.subTest(package=package):
                run = self._start_without(package)
                self.assertIn("STARTED", run.stdout, run.stderr[-3000:])
                if package == "pypdf":
                    self.assertIn("pypdf is missing or too old", run.stdout)
                else:
                    self.assertNotIn("pypdf", run.stdout)


@tagged("post_install", "-at_install")
class TestOldPackages(AccountEmailCommon):
    def test_too_old_is_as_missing(self):
        for version, is_new in (
            ("1.28.6", False),
            ("4.2.0", False),
            ("4.3.1", True),
            ("10.0", True),
            ("odd", False),
        ):
            with self.subTest(version=version):
                self.assertEqual(gate._read_version(version) >= gate.LOWEST, is_new)
