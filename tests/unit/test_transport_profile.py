from __future__ import annotations

from dataclasses import asdict

import pytest
from account_email.transport import Profile
from account_email.transport.profile import altered, secret_of, to_values

SECRET = "never shown"


def test_the_password_is_given_and_not_read_back():
    profile = Profile(protocol="smtp", password=SECRET)
    assert secret_of(profile) == SECRET
    assert not profile.password
    assert SECRET not in repr(profile) + str(asdict(profile))


def test_other_values_keep_the_password():
    profile = altered(Profile(protocol="smtp", password=SECRET), port=25)
    assert (profile.port, secret_of(profile)) == (25, SECRET)


def test_values_make_the_same_profile_again():
    profile = Profile(protocol="smtp", host="mail.example", password=SECRET)
    again = Profile(**to_values(profile))
    assert to_values(again) == to_values(profile)
    assert secret_of(again) == SECRET


@pytest.mark.parametrize(
    "path",
    [
        "{0}",
        "{0.__dict__}",
        "{0.password}",
        "{0.__init__.__globals__}",
        "{0.__init__.__globals__[_SECRETS]}",
        "{0.__init__.__globals__[_SECRETS].data}",
        "{0.__post_init__.__globals__[_SECRETS].data}",
    ],
)
def test_no_format_string_reaches_the_password(path):
    profile = Profile(protocol="smtp", password=SECRET)
    assert SECRET not in path.format(profile)


def test_equal_profiles_have_their_own_passwords():
    profiles = [Profile(protocol="smtp", password=word) for word in ("one", "two")]
    assert [secret_of(profile) for profile in profiles] == ["one", "two"]
