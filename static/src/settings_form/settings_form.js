import {
    AlertDialog,
    ConfirmationDialog,
} from "@web/core/confirmation_dialog/confirmation_dialog";
import {EmailSettingsModel} from "./settings_model";
import {_t} from "@web/core/l10n/translation";
import {formView} from "@web/views/form/form_view";
import {FormController} from "@web/views/form/form_controller";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

// Buttons that work on the values as they stand in the form, and so don't save first.
const DRAFT_ACTIONS = {
    action_test: "testSettings",
    action_find_settings: "findSettings",
    action_check_sender: "checkSender",
    action_propose_sign_in: "proposeSignIn",
};

export class EmailSettingsFormController extends FormController {
    setup() {
        super.setup();
        this.dialogs = useService("dialog");
        this.notifications = useService("notification");
    }

    async beforeExecuteActionButton(clickParams) {
        const method = DRAFT_ACTIONS[clickParams.name];
        if (!method) {
            return super.beforeExecuteActionButton(clickParams);
        }
        await this[method]();
        return false;
    }

    // ------------------------------------------------------------
    // Settings in use are saved by a person, not by leaving them
    // ------------------------------------------------------------

    get wouldGoLive() {
        const record = this.model.root;
        return record.isLive && record.isEdited;
    }

    beforeVisibilityChange() {
        return this.wouldGoLive ? undefined : super.beforeVisibilityChange();
    }

    async beforeLeave(options = {}) {
        // Takes what is still being typed along.
        await this.model.root.isDirty();
        if (!this.wouldGoLive || options.forceLeave) {
            return super.beforeLeave(options);
        }
        return new Promise((resolve) => {
            this.dialogs.add(ConfirmationDialog, {
                title: _t("These settings are in use"),
                body: _t(
                    "Your changes were not saved. Shall the next emails leave with them?"
                ),
                confirmLabel: _t("Save and use"),
                confirm: async () => resolve(await this.save({reload: false})),
                cancelLabel: _t("Discard changes"),
                cancel: async () => resolve((await this.model.root.discard()) || true),
                dismiss: () => resolve(false),
            });
        });
    }

    async beforeUnload(ev) {
        if (!this.wouldGoLive) {
            return super.beforeUnload(ev);
        }
        // The browser asks in its own words.
        ev.preventDefault();
        ev.returnValue = "Unsaved changes";
    }

    async callOnDraft(method) {
        const record = this.model.root;
        const values = await record.getChanges({withReadonly: false});
        return this.orm.call(
            record.resModel,
            method,
            [record.resId ? [record.resId] : []],
            {values, context: record.context}
        );
    }

    async findSettings() {
        await this.propose("action_find_settings");
    }

    async proposeSignIn() {
        await this.propose("action_propose_sign_in");
    }

    async propose(method) {
        const {values, message} = await this.callOnDraft(method);
        await this.model.root.update(values);
        this.notifications.add(message, {type: "info"});
    }

    async checkSender() {
        const {lines} = await this.callOnDraft("action_check_sender");
        this.dialogs.add(AlertDialog, {
            title: _t("Will my letters arrive?"),
            body: lines.join("\n\n"),
        });
    }

    async testSettings() {
        const record = this.model.root;
        // From now on the form also tells what is missing.
        await record.update({is_complete: true});
        if (!(await record.checkValidity({displayNotification: true}))) {
            return;
        }
        const action = await this.callOnDraft("action_test");
        await this.env.services.action.doAction(action, {
            onClose: (result) => this.afterTest(action.res_id, result || {}),
        });
    }

    async afterTest(testId, {activate, again}) {
        if (activate) {
            return this.activate();
        }
        if (again) {
            // The dialog that is closing must have gone before the next one opens.
            setTimeout(() => this.testSettings());
            return;
        }
        const [test] = await this.orm.read(
            "account.email.settings.test",
            [testId],
            ["verdict", "page"]
        );
        await this.model.root.update({
            test_verdict: test.verdict,
            test_page: test.page,
        });
    }

    async activate() {
        const record = this.model.root;
        if (await record.save()) {
            await this.orm.call(record.resModel, "action_activate", [[record.resId]]);
            await this.model.load();
        }
    }
}

export const emailSettingsFormView = {
    ...formView,
    Controller: EmailSettingsFormController,
    Model: EmailSettingsModel,
};

registry.category("views").add("account_email_settings_form", emailSettingsFormView);
