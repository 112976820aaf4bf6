"""Letters that carry their document are told from what is written in the chatter."""


def migrate(cr, version):
    # Until now nothing told them apart: rather one notice too many than a second copy.
    cr.execute(
        "UPDATE account_email_dispatch SET is_document = TRUE "
        "WHERE document_kind IS NOT NULL"
    )
