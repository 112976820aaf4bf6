import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
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
            ["verdict"]
        );
        await this.model.root.update({test_verdict: test.verdict});
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
};

registry.category("views").add("account_email_settings_form", emailSettingsFormView);
