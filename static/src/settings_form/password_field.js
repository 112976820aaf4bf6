import {CharField, charField} from "@web/views/fields/char/char_field";
import {registry} from "@web/core/registry";
import {useState} from "@odoo/owl";

/**
 * A password that is written and never read: the eye shows what is being typed, since
 * there is nothing else in the browser that it could show.
 */
export class EmailPasswordField extends CharField {
    static template = "account_email.PasswordField";

    setup() {
        super.setup();
        this.shown = useState({value: false});
    }

    /** Whether one is stored, and whether it would be used as the form stands. */
    get hint() {
        return this.props.record.data.password_hint || "";
    }
}

registry.category("fields").add("account_email_password", {
    ...charField,
    component: EmailPasswordField,
    fieldDependencies: [{name: "password_hint", type: "char"}],
});
