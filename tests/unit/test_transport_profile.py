from __future__ import annotations

from dataclasses import asdict

from transport import Profile
from transport.profile import altered, secret_of, to_values

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
    assert again == profile
    assert secret_of(again) == SECRET
