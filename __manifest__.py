{
    "name": "Accounting Email",
    "summary": "Email invoices, bills and payments as PDF from the company's own "
    "mail account",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "Account Email contributors",
    "license": "LGPL-3",
    "depends": ["account"],
    "external_dependencies": {
        "python": ["cryptography", "reportlab", "requests"],
    },
    "data": [],
    "installable": True,
}
