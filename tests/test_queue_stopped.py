import signal
import time

from odoo.tests import tagged

from .queue_common import QueueCase, SlowMailbox

# Of the workers of one database, as the server sees them.
CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid != pg_backend_pid()
       AND application_name LIKE %s
"""


@tagged("post_install", "-at_install")
class TestQueueStopped(QueueCase):
    """Real processes and a real server: what the rows say is what it took."""

    def test_sigterm_between_letters_leaves_nothing_unknown(self):
        box = SlowMailbox(lambda number: time.sleep(0.1))
        self.fill(12, box)
        worker = self.start_worker()
        self.assertTrue(box.wait_for(3))
        worker.send_signal(signal.SIGTERM)
        worker.wait(60)
        states = self.get_states()
        self.assertEqual(set(states), {"sent", "queued"})
        self.assertEqual(sorted(self.get_sent_ids()), sorted(box.get_message_ids()))
        self.start_worker()
        self.wait_until(lambda: set(self.get_states()) == {"sent"})
        self.assertEqual(len(box.letters), 12)
        self.assertEqual(len(set(box.get_message_ids())), 12)

    def test_database_gone_after_the_letter_was_taken(self):
        def cut(number):
            if number == 2:
                with self.environment() as env:
                    env.cr.execute(CUT, [f"odoo-{worker.pid}%"])

        box = SlowMailbox(cut)
        self.fill(4, box)
        worker = self.start_worker()
        self.wait_until(lambda: set(self.get_states()) == {"sent"})
        self.assertEqual(len(box.letters), 4)
        self.assertEqual(len(set(box.get_message_ids())), 4)
