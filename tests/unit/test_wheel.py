"""What is in the package that pip builds."""

from devtools.wheel import INSIDE, WANTED, find_faults

GOOD = [INSIDE + name for name in WANTED]
NAME = "odoo_addon_account_email-19.0.1.2.0-py3-none-any.whl"


def test_a_wheel_as_it_should_be():
    assert not find_faults(NAME, GOOD)


def test_faults_are_found():
    assert find_faults("odoo_addon_addon-19.0.1.2.0-py3-none-any.whl", GOOD)
    assert find_faults(NAME, GOOD[1:])
    for name in ("devtools/lint.py", "tests/common.py", "run"):
        assert find_faults(NAME, [*GOOD, INSIDE + name])
