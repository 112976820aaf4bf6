import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

/**
 * A text in which one address can be clicked: the one that another field, named by the
 * option "link_field", holds. Any other address may be a server's words and stays text.
 */
export class LinkedField extends Component {
    static template = "account_email.LinkedField";
    static props = {...standardFieldProps, linkField: String};

    get link() {
        const link = this.props.record.data[this.props.linkField] || "";
        return link.startsWith("https://") ? link : "";
    }

    get parts() {
        const text = this.props.record.data[this.props.name] || "";
        return this.link ? text.split(this.link) : [text];
    }
}

registry.category("fields").add("account_email_linked", {
    component: LinkedField,
    supportedTypes: ["text", "char"],
    extractProps: ({options}) => ({linkField: options.link_field}),
});
