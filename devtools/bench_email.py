"""One invoice after another, from the button to accepted by a mail server.

Core: ``account.move.send`` with wkhtmltopdf. Ours: ``_email_documents`` and the queue.
Then both again with a PDF that costs nothing, which leaves the road itself.
"""

import io
import resource
import shutil
import statistics
from collections import OrderedDict, defaultdict, namedtuple
from contextlib import contextmanager
from unittest.mock import patch

from .bench_odoo import median_ms, prepared, ratio, serving

LINES = 5
REPEATS = 12

Road = namedtuple("Road", "email engine is_free")


def run(instance):
    with prepared(instance) as bench, serving(bench) as server:
        return bench.measure("bench_email", url=server.url)


def measure(env, facts):
    from .bench_documents import point_core, point_settings

    env["ir.config_parameter"].set_param("report.url", facts["url"])
    point_core(env, port=facts["smtp_port"])
    settings = point_settings(env, port=facts["smtp_port"])
    roads = get_roads()
    measure_roads(env, settings, {"ours": roads["ours"]})
    # In kilobytes; taken before core's turn, so that it is ours alone.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = measure_roads(env, settings, roads)
    return {
        **{f"{name}_ms": round(value, 1) for name, value in times.items()},
        "ratio": ratio(times.get("core"), times["ours"]),
        "ratio_pdf_free": ratio(times["core_pdf_free"], times["ours_pdf_free"]),
        "peak_mb": round(peak / 1024, 1),
    }


def get_roads():
    roads = {
        "ours": Road(email_by_us, "reportlab", False),
        "core": Road(email_by_core, "wkhtmltopdf", False),
        "ours_pdf_free": Road(email_by_us, "reportlab", True),
        "core_pdf_free": Road(email_by_core, "reportlab", True),
    }
    if not shutil.which("wkhtmltopdf"):
        del roads["core"]
    return roads


def measure_roads(env, settings, roads):
    """{name: median milliseconds}. In turns, so that a busy moment hits all alike."""
    from .bench_documents import create_invoices

    moves = list(create_invoices(env, count=(REPEATS + 1) * len(roads), lines=LINES))
    pdf = render_once(env)
    times = defaultdict(list)
    for _repeat in range(REPEATS + 1):
        for name, road in roads.items():
            settings.pdf_engine = road.engine
            # Settings in use would take core's mails on our road as well.
            settings.state = "active" if road.email is email_by_us else "draft"
            env.cr.commit()
            # A request begins with nothing in memory.
            env.invalidate_all()
            with free_pdf(env, pdf if road.is_free else None):
                times[name].append(median_ms(road.email, [moves.pop()]))
    # The first turn fills what a server has filled long since.
    return {name: statistics.median(values[1:]) for name, values in times.items()}


def email_by_us(move):
    dispatch = move._email_documents()
    move.env.cr.commit()
    move.env["account.email.dispatch"]._cron_process()
    if dispatch.state != "sent":
        raise AssertionError(f"{dispatch.state}: {dispatch.server_text}")


def email_by_core(move):
    env = move.env(context={**move.env.context, "force_report_rendering": True})
    send = env["account.move.send"]
    send._generate_and_send_invoices(move, sending_methods={"email"})
    # Core's mail leaves when the transaction is committed.
    env.cr.commit()
    domain = [("model", "=", "account.move"), ("res_id", "=", move.id)]
    mails = env["mail.mail"].search(domain)
    if mails.filtered(lambda mail: mail.state != "sent") or not move.is_move_sent:
        raise AssertionError(f"core did not send: {mails.mapped('failure_reason')}")


def render_once(env):
    """A PDF to give away for free; a real one, since core reads it and adds to it."""
    from .bench_documents import create_invoices
    from .bench_pdf import render

    return render(create_invoices(env, count=1, lines=LINES))


@contextmanager
def free_pdf(env, pdf):
    """Every report is this file, drawn by nobody; with None all is as ever."""

    def streams(_self, _report, _data, res_ids=None):
        return OrderedDict(
            (res_id, {"stream": io.BytesIO(pdf), "attachment": None})
            for res_id in res_ids
        )

    if pdf is None:
        yield
        return
    model = env.registry["ir.actions.report"]
    with (
        patch.object(model, "_render_qweb_pdf_prepare_streams", streams),
        # It would notice that every letter carries the same document.
        patch.object(model, "_find_pdf_fault", lambda _self, _content, _record: ""),
    ):
        yield
