import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The pages of an attached PDF, beside the letter that carries it. */
export class PdfPreviewField extends Component {
    static template = "account_email.PdfPreviewField";
    static props = {...standardFieldProps};

    get url() {
        const value = this.props.record.data[this.props.name];
        if (!value) {
            return "";
        }
        const file = encodeURIComponent(`/web/content/${value.id}`);
        return `/web/static/lib/pdfjs/web/viewer.html?file=${file}#pagemode=none&zoom=page-width`;
    }

    get title() {
        return _t("Preview of the PDF");
    }
}

registry.category("fields").add("account_email_pdf_preview", {
    component: PdfPreviewField,
    supportedTypes: ["many2one"],
});
