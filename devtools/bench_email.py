"""One invoice after another, from the button to accepted by a mail server.

Core: ``account.move.send`` with wkhtmltopdf. Ours: ``_email_documents`` and the queue.
Then both again with a PDF that costs nothing, which leaves the road itself.
"""

import io
import resource
import shutil
from collections import OrderedDict
from contextlib import contextmanager
from unittest.mock import patch

from .bench_odoo import median_ms, prepared, ratio, serving

LINES = 5
REPEATS = 12
PDF = b"%PDF-1.4\n" + b"%" * 20000 + b"\n%%EOF\n"


def run(instance):
    with prepared(instance) as bench, serving(bench) as server:
        return bench.measure("bench_email", url=server.url)


def measure(env, facts):
    from .bench_documents import point_core, point_settings

    env["ir.config_parameter"].set_param("report.url", facts["url"])
    point_core(env, port=facts["smtp_port"])
    settings = point_settings(env, port=facts["smtp_port"])
    ours = measure_road(env, settings, email_by_us, "reportlab")
    # In kilobytes; taken before core's turn, so that it is ours alone.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    has_core = shutil.which("wkhtmltopdf")
    core = has_core and measure_road(env, settings, email_by_core, "wkhtmltopdf")
    with free_pdf(env):
        ours_free = measure_road(env, settings, email_by_us, "reportlab")
        core_free = measure_road(env, settings, email_by_core, "reportlab")
    return {
        "ours_ms": round(ours, 1),
        "core_ms": core and round(core, 1),
        "ratio": ratio(core, ours),
        "ours_pdf_free_ms": round(ours_free, 1),
        "core_pdf_free_ms": round(core_free, 1),
        "ratio_pdf_free": ratio(core_free, ours_free),
        "peak_mb": round(peak / 1024, 1),
    }


def measure_road(env, settings, email, engine):
    from .bench_documents import create_invoices

    settings.pdf_engine = engine
    # Settings in use would take core's mails on our road as well.
    settings.state = "active" if email is email_by_us else "draft"
    first, *moves = create_invoices(env, count=REPEATS + 1, lines=LINES)
    email(first)
    return median_ms(email, moves)


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


@contextmanager
def free_pdf(env):
    """Every report is the same file, drawn by nobody."""

    def streams(_self, _report, _data, res_ids=None):
        return OrderedDict(
            (res_id, {"stream": io.BytesIO(PDF), "attachment": None})
            for res_id in res_ids
        )

    model = env.registry["ir.actions.report"]
    with patch.object(model, "_render_qweb_pdf_prepare_streams", streams):
        yield
