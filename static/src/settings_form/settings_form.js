import {formView} from "@web/views/form/form_view";
import {FormController} from "@web/views/form/form_controller";
import {registry} from "@web/core/registry";

/**
 * The test runs on the values as they stand in the form: unlike other buttons it does
 * not save them first.
 */
export class EmailSettingsFormController extends FormController {
    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name !== "action_test") {
            return super.beforeExecuteActionButton(clickParams);
        }
        await this.testSettings();
        return false;
    }

    async testSettings() {
        const record = this.model.root;
        // From now on the form also tells what is missing.
        await record.update({is_complete: true});
        if (!(await record.checkValidity({displayNotification: true}))) {
            return;
        }
        const values = await record.getChanges({withReadonly: false});
        const action = await this.orm.call(
            record.resModel,
            "action_test",
            [record.resId ? [record.resId] : []],
            {values, context: record.context}
        );
        await this.env.services.action.doAction(action, {
            onClose: (result) => result && result.activate && this.activate(),
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
};

registry.category("views").add("account_email_settings_form", emailSettingsFormView);
