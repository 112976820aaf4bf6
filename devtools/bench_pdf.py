"""The PDF of an invoice of 5, 50 and 500 lines: ours, and core's by wkhtmltopdf."""

import shutil

from .bench_odoo import median_ms, prepared, ratio, serving

REPORT = "account.account_invoices"
CHANGE = "<div id='informations' position='after'><p>Mine</p></div>"
REPEATS = {5: 9, 50: 7, 500: 3}


def run(instance):
    with prepared(instance) as bench, serving(bench) as server:
        return bench.measure("bench_pdf", url=server.url)


def measure(env, facts):
    from .bench_documents import create_invoices, point_settings

    # wkhtmltopdf fetches the report's styles from here.
    env["ir.config_parameter"].set_param("report.url", facts["url"])
    settings = point_settings(env, port=facts["smtp_port"])
    figures, sizes = {}, {}
    for lines, repeats in REPEATS.items():
        (move,) = create_invoices(env, count=1, lines=lines)
        times = {}
        for engine in get_engines():
            settings.pdf_engine = engine
            env.cr.commit()
            sizes[engine] = sizes.get(engine) or len(render(move))
            times[engine] = median_ms(render, [move] * repeats)
        figures |= describe(lines, times)
        figures |= measure_changed(move, times, lines=lines, repeats=repeats)
    figures["size_ratio"] = ratio(sizes.get("wkhtmltopdf"), sizes["reportlab"])
    figures["bytes_5_lines"] = sizes
    return figures


def measure_changed(move, times, *, lines, repeats):
    """The same where somebody changed the template: its page is read then."""
    view = move.env["ir.ui.view"].create(
        {
            "name": "bench",
            "type": "qweb",
            "inherit_id": move.env.ref("account.report_invoice_document").id,
            "arch": CHANGE,
        }
    )
    move.company_id.email_settings_id.pdf_engine = "reportlab"
    move.env.cr.commit()
    ours = median_ms(render, [move] * repeats)
    view.unlink()
    move.env.cr.commit()
    return {f"ratio_{lines}_lines_changed": ratio(times.get("wkhtmltopdf"), ours)}


def get_engines():
    has_core = shutil.which("wkhtmltopdf")
    return ("reportlab", "wkhtmltopdf") if has_core else ("reportlab",)


def render(move):
    report = move.env["ir.actions.report"].with_context(
        force_report_rendering=True, report_pdf_no_attachment=True
    )
    content, _type = report._render_qweb_pdf(REPORT, move.ids)
    return content


def describe(lines, times):
    ours, core = times["reportlab"], times.get("wkhtmltopdf")
    return {
        f"ours_ms_{lines}_lines": round(ours, 1),
        f"core_ms_{lines}_lines": core and round(core, 1),
        f"ratio_{lines}_lines": ratio(core, ours),
    }
