from odoo.tests import tagged

from .test_batch import TestBatch


@tagged("post_install", "-at_install")
class TestBatchQueueJob(TestBatch):
    """The same batches where OCA's queue_job is installed: by jobs, not by cron."""

    def setUp(self):
        super().setUp()
        if "queue.job" not in self.env:
            self.skipTest("./test queue_job runs this with queue_job installed")

    def _prepare(self):
        jobs = self.env["queue.job"].sudo().search([("state", "=", "pending")])
        self.assertTrue(jobs, "no job was made")
        for job in jobs:
            batch = job.records.with_user(job.user_id)
            batch._prepare_chunk(*job.args)
            job.state = "done"

    def test_pause_go_on_and_keep_back(self):
        self._create_settings()
        batch = self._open(self._create_move() | self._create_move())
        batch.action_start()
        batch.action_pause()
        self._prepare()
        self.assertEqual(batch.waiting_count, 2, "a job of a paused batch does nothing")
        batch.action_resume()
        self._prepare()
        self.assertEqual(batch.prepared_count, 2)
