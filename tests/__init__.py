from . import (
    test_access,
    test_batch,
    test_dispatch,
    test_email_document,
    test_failure,
    test_report_engine,
    test_report_print,
    test_report_text,
    test_road,
    test_settings,
    test_settings_test,
    test_web,
)
