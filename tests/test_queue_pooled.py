import time

from odoo.tests import tagged

from .pooler import pooler
from .queue_common import QueueCase, SlowMailbox


@tagged("post_install", "-at_install")
class TestQueuePooled(QueueCase):
    """Behind a pool that shares sessions no lock of a session holds."""

    def _find_trouble(self):
        with self.environment() as env:
            return env["account.email.trouble"].search([("cause", "=", "pooled")]).ids

    def _forget_trouble(self):
        with self.environment() as env:
            env["account.email.trouble"].search([]).unlink()

    def test_two_workers_behind_a_pool(self):
        self._forget_trouble()
        self.addCleanup(self._forget_trouble)
        box = SlowMailbox(lambda number: time.sleep(0.1))
        self.fill(12, box)
        port = self.enterContext(pooler())
        for _number in range(2):
            self.start_worker(db_host="127.0.0.1", db_port=port)
        self.wait_until(lambda: not {"queued", "sending"} & set(self.get_states()))
        self.assertEqual(set(self.get_states()), {"sent"})
        self.assertEqual(len(box.letters), 12)
        self.assertEqual(sorted(self.get_sent_ids()), sorted(box.get_message_ids()))
        self.assertEqual(len(self._find_trouble()), 1, "told once, by two workers")

    def test_without_a_pool_nothing_is_said(self):
        box = SlowMailbox()
        self.fill(2, box)
        self._forget_trouble()
        self.start_worker()
        self.wait_until(lambda: set(self.get_states()) == {"sent"})
        self.assertFalse(self._find_trouble())
