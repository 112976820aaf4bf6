"""How fast the queue empties: with one and two workers, short and long.

Letters a second between the first and the last of those that are measured, by the
times at which their attempts were written down.
``growth_1000_to_10000`` is the time of a letter with 10 000 waiting divided by the
time with 1 000 waiting: 1 means that a long queue costs nothing.
"""

import subprocess
import sys
import time
from contextlib import contextmanager
from unittest.mock import patch

import psycopg2

from .bench_odoo import prepared, ratio

SHORT, LONG = 1000, 10000
# Measured over so many letters; the rest only waits.
MEASURED = 800
LIMIT_SECONDS = 240
COUNT = "SELECT count(*) FROM account_email_attempt WHERE success"
SPAN = """
    SELECT extract(epoch FROM max(create_date) - min(create_date))
      FROM (SELECT create_date FROM account_email_attempt WHERE success
             ORDER BY create_date LIMIT %s) measured
"""
EMPTY = "DELETE FROM account_email_attempt; DELETE FROM account_email_dispatch"
CLEAR_TRIES = 50


def run(instance):
    with prepared(instance) as bench:
        return bench.measure("bench_queue", config=str(instance.config))


def measure(env, facts):
    env["ir.mail_server"].search([]).active = False
    one = measure_rate(env, facts, workers=1, waiting=SHORT)
    two = measure_rate(env, facts, workers=2, waiting=SHORT)
    long = measure_rate(env, facts, workers=1, waiting=LONG)
    return {
        "per_second_1": round(one, 1),
        "per_second_2": round(two, 1),
        "per_second_1_of_10000": round(long, 1),
        "growth_1000_to_10000": ratio(one, long),
    }


def measure_rate(env, facts, *, workers, waiting):
    from .chaos.letters import write_letters

    clear(env)
    with running_workers(env, facts, workers):
        # The workers look by themselves; waking a cron for each letter would cost
        # this process as much as they get done meanwhile.
        with patch.object(env.registry["account.email.dispatch"], "_wake", no_wake):
            write_letters(env, road="ours", port=facts["smtp_port"], count=waiting)
        wait_for(env, MEASURED)
        env.cr.execute(SPAN, [MEASURED])
        rate = (MEASURED - 1) / float(env.cr.fetchone()[0])
    clear(env)
    return rate


def no_wake(_self, _companies):
    """In the place of ``_wake``."""


def clear(env):
    """Empty the queue; a worker just killed may still hold its last row."""
    for _attempt in range(CLEAR_TRIES):
        env.cr.commit()
        try:
            env.cr.execute(EMPTY)
            env.cr.commit()
            return
        except psycopg2.errors.SerializationFailure:
            env.cr.rollback()
            time.sleep(0.1)
    raise AssertionError("the queue of the bench could not be emptied")


@contextmanager
def running_workers(env, facts, count):
    """Workers that have loaded Odoo and wait for letters."""
    words = [sys.executable, "-m", "devtools.chaos.worker"]
    words += [facts["config"], env.cr.dbname, "ours"]
    workers = [
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _number in range(count)
    ]
    try:
        for worker in workers:
            worker.stdout.readline()
        yield
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def wait_for(env, count):
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        env.cr.commit()
        env.cr.execute(COUNT)
        sent = env.cr.fetchone()[0]
        if sent >= count:
            return
        time.sleep(0.1)
    raise AssertionError(f"{sent} of {count} letters left in {LIMIT_SECONDS} seconds")
