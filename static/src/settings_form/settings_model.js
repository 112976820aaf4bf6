import {RelationalModel} from "@web/model/relational_model/relational_model";
import {_t} from "@web/core/l10n/translation";

// What the form notes down for itself; nothing of it is saved.
const NOTES = ["is_complete", "test_verdict", "test_page"];

export class EmailSettingsRecord extends RelationalModel.Record {
    /** Whether anything that would be saved was changed. */
    get isEdited() {
        return Object.keys(this._changes).some((name) => !NOTES.includes(name));
    }

    /** Whether letters leave with what is saved. */
    get isLive() {
        return Boolean(this.resId) && this.data.state === "active";
    }

    // Core says that something is missing, but not what.
    _displayInvalidFieldNotification() {
        const names = [...this._invalidFields].map((name) => this.fields[name].string);
        return this.model.notification.add(names.join(", "), {
            title: _t("Missing or not right:"),
            type: "danger",
        });
    }
}

export class EmailSettingsModel extends RelationalModel {
    static Record = EmailSettingsRecord;
}
