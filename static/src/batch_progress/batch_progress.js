import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const REFRESH_MS = 2000;
const PARTS = [
    {field: "sent_count", color: "bg-success", label: _t("Sent")},
    {field: "prepared_count", color: "bg-info", label: _t("Prepared")},
    {field: "failed_count", color: "bg-danger", label: _t("To look at")},
    {field: "stopped_count", color: "bg-warning", label: _t("Held back")},
    {field: "waiting_count", color: "bg-secondary", label: _t("Waiting")},
];

/** How far a batch of emails has come; looks again every two seconds. */
export class EmailBatchProgress extends Component {
    static template = "account_email.BatchProgress";
    static props = {...standardWidgetProps};

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), REFRESH_MS);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get data() {
        return this.props.record.data;
    }

    get isMoving() {
        const left = this.data.prepared_count + this.data.waiting_count;
        return this.data.state === "running" || (this.data.state === "done" && left);
    }

    refresh() {
        if (this.props.record.resId && this.isMoving) {
            this.props.record.load();
        }
    }

    get parts() {
        const counts = PARTS.map(({field}) => this.data[field] || 0);
        const total = counts.reduce((sum, count) => sum + count, 0) || 1;
        return PARTS.map((part, index) => ({
            ...part,
            count: counts[index],
            percent: (100 * counts[index]) / total,
        }));
    }

    get expectedEnd() {
        // Nobody promises an end where nothing goes on.
        const value = !this.data.queue_problem && this.data.expected_end_at;
        if (!value || !this.isMoving) {
            return "";
        }
        const moment = typeof value === "string" ? deserializeDateTime(value) : value;
        return formatDateTime(moment);
    }
}

registry.category("view_widgets").add("account_email_batch_progress", {
    component: EmailBatchProgress,
});
