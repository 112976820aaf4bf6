import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";
import {_t} from "@web/core/l10n/translation";

/** The steps of the test, each shown as soon as it has passed. */
export class EmailSettingsTest extends Component {
    static template = "account_email.SettingsTest";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.abort = new AbortController();
        this.state = useState({steps: [], status: "running", cure: "", page: ""});
        onMounted(() => this.run());
        onWillUnmount(() => {
            this.abort.abort();
            clearTimeout(this.timer);
        });
    }

    async run() {
        try {
            const response = await fetch(
                `/account_email/settings_test/${this.props.record.resId}`,
                {
                    method: "POST",
                    body: new URLSearchParams({csrf_token: odoo.csrf_token}),
                    signal: this.abort.signal,
                }
            );
            if (!response.ok) {
                throw new Error(response.statusText);
            }
            await this.readSteps(response.body.getReader());
        } catch (error) {
            if (error.name !== "AbortError") {
                this.stop(
                    _t("The test was interrupted. Close it and press Test again.")
                );
            }
        }
    }

    async readSteps(reader) {
        const decoder = new TextDecoder();
        let rest = "";
        for (;;) {
            const {done, value} = await reader.read();
            if (done) {
                break;
            }
            const lines = (rest + decoder.decode(value, {stream: true})).split("\n");
            rest = lines.pop();
            this.state.steps.push(...lines.map((line) => JSON.parse(line)));
        }
        const last = this.state.steps.at(-1);
        if (last && last.success) {
            this.state.status = "passed";
        } else {
            this.stop(last ? last.cure : _t("The server gave no answer."), last);
        }
    }

    stop(cure, {page = "", again_in: seconds = 0} = {}) {
        Object.assign(this.state, {status: "failed", cure, page});
        if (seconds) {
            this.timer = setTimeout(() => this.close({again: true}), seconds * 1000);
        }
    }

    /** The form behind the dialog goes on. */
    close(infos) {
        this.action.doAction({type: "ir.actions.act_window_close", infos});
    }

    /** The form behind the dialog saves its values and starts to use them. */
    useSettings() {
        this.close({activate: true});
    }
}

registry.category("view_widgets").add("account_email_settings_test", {
    component: EmailSettingsTest,
});
