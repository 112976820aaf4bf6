import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

const fields = registry.category("fields");

/** The widget that would show the field if nothing were wrong with it. */
function getInner({options, type}) {
    return fields.get((options && options.widget) || type);
}

/**
 * A field, and below it what is wrong with its value: the sentence that the computed
 * field "problems" has for it. The option "widget" names another widget than usual.
 */
export class CheckedField extends Component {
    static template = "account_email.CheckedField";
    static props = {...standardFieldProps, inner: Object, innerProps: Object};

    get fieldProps() {
        const {inner, innerProps, ...props} = this.props;
        return {...props, ...innerProps};
    }

    get problem() {
        const problems = this.props.record.data.problems || {};
        return problems[this.props.name];
    }
}

fields.add("account_email_checked", {
    component: CheckedField,
    supportedTypes: ["char", "integer", "boolean", "selection"],
    fieldDependencies: [{name: "problems", type: "json"}],
    extractProps: (fieldInfo, dynamicInfo) => {
        const inner = getInner(fieldInfo);
        const {extractProps} = inner;
        return {
            inner,
            innerProps: extractProps ? extractProps(fieldInfo, dynamicInfo) : {},
        };
    },
});
