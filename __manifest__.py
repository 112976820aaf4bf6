{
    "name": "Accounting Email",
    "summary": "Email invoices, bills and payments as PDF from the company's own "
    "mail account",
    "version": "19.0.1.2.0",
    "category": "Accounting/Accounting",
    "author": "Account Email contributors",
    "license": "LGPL-3",
    "depends": ["account"],
    "external_dependencies": {
        # Tested with these very versions by ./test lowest.
        "python": [
            "cryptography>=3.4.8",
            "pypdf>=4.3.1",
            "reportlab>=4.0.4",
            "idna>=2.10",
            "requests>=2.25.1",
        ],
    },
    "data": [
        "security/ir.model.access.csv",
        "security/account_email_rules.xml",
        "data/ir_cron_data.xml",
        "data/mail_template_data.xml",
        "report/account_email_reports.xml",
        "views/account_email_letter_templates.xml",
        "views/account_email_settings_views.xml",
        "views/account_email_signin_views.xml",
        "views/account_email_dispatch_views.xml",
        "views/account_email_batch_views.xml",
        "views/account_email_document_type_views.xml",
        "views/account_email_statement_views.xml",
        "views/account_move_views.xml",
        "views/account_payment_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_partner_views.xml",
        "wizards/account_email_settings_test_views.xml",
        "wizards/account_move_send_views.xml",
        "wizards/account_email_statement_create_views.xml",
        "wizards/mail_compose_message_views.xml",
        "views/account_email_menus.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        "web.assets_backend": [
            "account_email/static/src/**/*",
        ],
        "web.assets_tests": [
            "account_email/static/tests/tours/**/*",
        ],
    },
}
