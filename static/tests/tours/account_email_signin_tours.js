import {registry} from "@web/core/registry";

const asked = new URLSearchParams(window.location.search);

/** From the empty form to a saved draft; ends with the press on a button. */
function chooseLogin(kind, road) {
    return [
        {
            trigger: `.o_field_widget[name=protocol] input[data-value=${road}]`,
            run: "click",
        },
        {
            content: "How to log in",
            trigger: ".o_field_widget[name=login_kind] input",
            run: "click",
        },
        {
            trigger: `.o_select_menu_item:contains(/^${kind}$/)`,
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=email_address] input",
            run: "edit jane@example.com && press Tab",
        },
        {
            content: "What was registered is found by itself",
            trigger: ".o_field_widget[name=application_id] input:not(:value(/^$/))",
        },
    ];
}

function signedIn() {
    return [
        {
            content: "As whom",
            trigger:
                ".o_field_widget[name=signed_in_account]:contains(jane@example.com)",
        },
        {
            content: "Since when",
            trigger: ".o_field_widget[name=signed_in_at]:contains(/\\d/)",
        },
        {
            content: "Until when",
            trigger: ".o_field_widget[name=signed_in_until]:contains(/\\d/)",
        },
    ];
}

function testAndUse() {
    return [
        {
            trigger: "button[name=action_test]",
            run: "click",
        },
        {
            trigger: ".o_account_email_test .alert-success button",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(In use)",
        },
        {
            trigger: ".o_form_status_indicator_buttons.invisible:not(:visible)",
        },
    ];
}

registry.category("web_tour.tours").add("account_email_signin", {
    steps: () => [
        ...chooseLogin(asked.get("kind"), asked.get("road")),
        {
            content: "Leave for the provider, and come back",
            trigger: "button[name=action_sign_in]:visible",
            run: "click",
            expectUnloadPage: true,
        },
        ...signedIn(),
        ...testAndUse(),
    ],
});

registry.category("web_tour.tours").add("account_email_signin_code", {
    steps: () => [
        ...chooseLogin("Microsoft", "smtp"),
        {
            trigger: "button[name=action_sign_in_by_code]",
            run: "click",
        },
        {
            content: "The code can be copied",
            trigger: ".modal .o_field_widget[name=user_code] .o_clipboard_button",
        },
        {
            content: "It asks by itself: nobody pressed anything",
            trigger: ".modal .alert-info:contains(Nobody has typed the code yet)",
        },
        {
            content: "Type the code at the provider, in any browser",
            trigger: ".modal .o_field_widget[name=user_code]",
            async run() {
                const page = document.querySelector(
                    ".modal .o_field_widget[name=address] a"
                );
                const code = this.anchor.querySelector("span, div, input");
                await fetch(page.href, {
                    method: "POST",
                    mode: "no-cors",
                    body: new URLSearchParams({
                        user_code: code.value || code.textContent.trim(),
                        user: "jane@example.com",
                        answer: "allow",
                    }),
                });
            },
        },
        {
            content: "It closes by itself",
            trigger: "body:not(:has(.modal))",
        },
        ...signedIn(),
        ...testAndUse(),
    ],
});

registry.category("web_tour.tours").add("account_email_signin_code_refused", {
    steps: () => [
        {
            trigger: "button[name=action_sign_in_by_code]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=user_code] .o_clipboard_button",
        },
        {
            content: "Why it ended stays to be read, and nothing is left to press",
            trigger:
                ".modal:not(:has(button[name=action_poll])):not(:has(.fa-spinner)) .alert-danger:contains(took too long)",
        },
        {
            trigger: ".modal .modal-footer .btn-secondary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});
