import json
from contextlib import contextmanager

from odoo import api, http
from odoo.http import request
from odoo.modules.registry import Registry

from ..wizards.account_email_settings_test import prepare_probe


class SettingsTestController(http.Controller):
    @http.route(
        "/account_email/settings_test/<int:test_id>",
        type="http",
        auth="user",
        methods=["POST"],
    )
    def run(self, test_id, **_post):
        """Run a test of email settings, one line of JSON a step as it passes.

        The database is left before the network is touched, and taken up again only
        to put a step into words and to keep the outcome.
        """
        test = request.env["account.email.settings.test"].browse(test_id).exists()
        # To others it is as if it did not exist.
        if not test.has_access("read") or not test or test.state != "running":
            return request.not_found()
        headers = [
            ("Content-Type", "application/x-ndjson"),
            ("Cache-Control", "no-store"),
            # nginx would hold the steps back until the last one
            ("X-Accel-Buffering", "no"),
        ]
        steps = prepare_probe(test)
        return request.make_response(self._stream(test, steps), headers)

    def _stream(self, test, steps):
        done = []
        reopen = self._get_reopener(test)
        try:
            for step in steps:
                done.append(step)
                with reopen() as reopened:
                    line = reopened.line_ids._prepare_values(reopened, step)
                yield json.dumps(line) + "\n"
        finally:
            # Also when the dialog was closed meanwhile.
            steps.close()
            with reopen() as reopened:
                reopened._record_steps(done)

    def _get_reopener(self, test):
        """:return: context manager that gives the wizard on a cursor of its own"""
        dbname, context = test.env.cr.dbname, dict(test.env.context)
        uid, name, test_id = test.env.uid, test._name, test.id

        @contextmanager
        def reopen():
            with Registry(dbname).cursor() as cr:
                yield api.Environment(cr, uid, context)[name].browse(test_id)

        return reopen
