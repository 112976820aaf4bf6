import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {download} from "@web/core/network/download";
import {getReportUrl} from "@web/webclient/actions/reports/utils";

/**
 * Core asks for wkhtmltopdf before it prints a PDF and shows HTML without it.
 * A report that ReportLab draws for all of these records needs neither.
 */
export async function printDrawnReport(action, options, env) {
    const ids = action.context?.active_ids;
    if (action.report_type !== "qweb-pdf" || !ids?.length) {
        return false;
    }
    const drawn = await env.services.orm.call(
        "ir.actions.report",
        "is_drawn_by_reportlab",
        [action.report_name, ids]
    );
    if (!drawn) {
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([
                    getReportUrl(action, "pdf", user.context),
                    "qweb-pdf",
                ]),
                context: JSON.stringify({...user.context, ...action.context}),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("account_email_drawn_report", printDrawnReport);
