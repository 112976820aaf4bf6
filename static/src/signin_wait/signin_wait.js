import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {ConnectionLostError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** Asks, as often as the provider allows, whether the code was typed, and then closes. */
export class SigninWait extends Component {
    static template = "account_email.SigninWait";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        onMounted(() => this.wait());
        onWillUnmount(() => {
            this.isGone = true;
            clearTimeout(this.timer);
        });
    }

    wait() {
        const {interval, is_waiting: isWaiting} = this.props.record.data;
        if (isWaiting && !this.isGone) {
            this.timer = setTimeout(() => this.poll(), interval * 1000);
        }
    }

    async poll() {
        const {record} = this.props;
        try {
            const action = await this.orm.silent.call(record.resModel, "action_poll", [
                [record.resId],
            ]);
            if (this.isGone) {
                return;
            }
            if (action.type === "ir.actions.act_window_close") {
                await this.action.doAction(action);
                return;
            }
            await record.load();
        } catch (error) {
            // Without a network for a moment: the code stays good.
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
        this.wait();
    }
}

registry.category("view_widgets").add("account_email_signin_wait", {
    component: SigninWait,
    fieldDependencies: [
        {name: "interval", type: "float"},
        {name: "is_waiting", type: "boolean"},
    ],
});
