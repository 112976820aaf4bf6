import {registry} from "@web/core/registry";

const asked = new URLSearchParams(window.location.search);

registry.category("web_tour.tours").add("account_email_settings", {
    steps: () => [
        {
            content: "Name the server",
            trigger: ".o_field_widget[name=smtp_host] input",
            run: "edit smtp example && press Tab",
        },
        {
            content: "What is wrong with it stands beside it",
            trigger:
                ".o_field_widget[name=smtp_host] .o_account_email_problem:contains(only letters, digits)",
        },
        {
            content: "A whole address is taken apart",
            trigger: ".o_field_widget[name=smtp_host] input",
            run: `edit https://${asked.get("host")}:${asked.get("port")}/ && press Tab`,
        },
        {
            trigger: `.o_field_widget[name=smtp_port] input:value(${asked.get("port")})`,
        },
        {
            trigger: `.o_field_widget[name=smtp_host] input:value(${asked.get("host")})`,
        },
        {
            trigger: ".o_field_widget[name=security] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(None)",
            run: "click",
        },
        {
            content: "Test without the sender",
            trigger: "button[name=action_test]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=email_address].o_field_invalid",
        },
        {
            trigger: ".o_field_widget[name=email_address] input",
            run: "edit billing@example.com",
        },
        {
            content: "Test what stands in the form",
            trigger: "button[name=action_test]",
            run: "click",
        },
        {
            trigger: ".o_account_email_test .alert-success",
        },
        {
            content: "Save and use the settings",
            trigger: ".o_account_email_test .alert-success button",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(In use)",
        },
        {
            content: "Nothing is left to save",
            trigger: ".o_form_status_indicator_buttons.invisible:not(:visible)",
        },
    ],
});

registry.category("web_tour.tours").add("account_email_settings_mistake", {
    steps: () => [
        {
            trigger: "button[name=action_test]",
            run: "click",
        },
        {
            content: "The cure, and the page where it is found",
            trigger:
                ".o_account_email_test .alert-danger:contains(app password) a[target=_blank][href^='https://myaccount.google.com']",
        },
        {
            trigger: ".modal-footer button",
            run: "click",
        },
        {
            content: "It stays on the form, with its time",
            trigger: ".o_field_widget[name=test_verdict]:contains(Tested at)",
        },
        {
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {
            trigger: ".o_form_status_indicator_buttons.invisible:not(:visible)",
        },
    ],
});

registry.category("web_tour.tours").add("account_email_settings_greylisted", {
    steps: () => [
        {
            trigger: "button[name=action_test]",
            run: "click",
        },
        {
            trigger: ".o_account_email_test .alert-danger:contains(Leave this window)",
        },
        {
            content: "The test went on by itself",
            trigger: ".o_account_email_test .alert-success",
        },
        {
            trigger: ".modal-footer button",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=test_verdict]:contains(it works)",
        },
        {
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {
            trigger: ".o_form_status_indicator_buttons.invisible:not(:visible)",
        },
    ],
});

registry.category("web_tour.tours").add("account_email_document", {
    steps: () => [
        {
            content: "Open the letter",
            trigger: "button[name=action_email_document]",
            run: "click",
        },
        {
            content: "See the pages of the PDF",
            trigger: ".modal .o_account_email_preview",
        },
        {
            content: "The contact is filled in",
            trigger: ".modal .o_field_widget[name=partner_ids] .o_tag",
        },
        {
            trigger: ".modal button[name=action_send_mail]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            content: "The chatter shows the letter",
            trigger: ".o-mail-Message",
        },
    ],
});

registry.category("web_tour.tours").add("account_email_settings_live", {
    steps: () => [
        {
            content: "Half-typed, in settings that are in use",
            trigger: ".o_field_widget[name=smtp_host] input",
            run: "edit smtp.half && press Tab",
        },
        {
            content: "The password was for another server",
            trigger:
                ".o_field_widget[name=password] input[placeholder*='type it again']",
        },
        {
            content: "Leave by a link",
            trigger: ".o_menu_brand",
            run: "click",
        },
        {
            content: "Nothing is saved without being asked",
            trigger: ".modal:contains(These settings are in use) .btn-close",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=smtp_host] input:value(smtp.half)",
        },
        {
            content: "What is missing is named",
            trigger: ".o_field_widget[name=username] input",
            run: "edit nobody && press Tab",
        },
        {
            trigger: ".o_field_widget[name=smtp_host] input",
            run: "clear && press Tab",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(Hostname)",
        },
        {
            trigger: ".o_menu_brand",
            run: "click",
        },
        {
            trigger: ".modal:contains(These settings are in use) .btn-secondary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.o_field_widget[name=smtp_host]))",
        },
    ],
});
