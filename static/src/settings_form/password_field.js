import {CharField, charField} from "@web/views/fields/char/char_field";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
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

    get storedText() {
        return _t("Stored. Leave empty to keep it.");
    }

    get hasStoredPassword() {
        return this.props.record.data.has_password;
    }
}

registry.category("fields").add("account_email_password", {
    ...charField,
    component: EmailPasswordField,
});
