"""What is wrong with a value in the settings form; ``advice.check`` finds the word."""

from odoo.tools import LazyTranslate

from .addresses import tell_hidden_mark

_lt = LazyTranslate(__name__)

PROBLEMS = {
    "signin_needed": _lt("This service knows no password: choose how to log in."),
    "application_missing": _lt(
        "Choose the application that was registered at the provider, or enter it."
    ),
    "signin_missing": _lt("Sign in first: press the button below."),
    "url_missing": _lt("Enter the address of the HTTP server."),
    "url_bad": _lt("This is not the address of a server."),
    "url_with_login": _lt("The address must not hold a user name or a password."),
    "url_with_key": _lt(
        "Enter only the address of the service, without anything behind a ? or #. The "
        "key belongs into the field Password, where it is sealed."
    ),
    "url_not_whole": _lt(
        "Enter the whole address, such as https://email.manager.io/send."
    ),
    "url_unsafe": _lt(
        "The address must begin with https://, or everybody on the way can "
        "read your documents."
    ),
    "host_missing": _lt("Enter the hostname of your mail server."),
    "host_with_more": _lt(
        "Enter only the name of the server, such as smtp.gmail.com, without "
        "anything like https:// before it or / behind it."
    ),
    "host_is_address": _lt(
        "This is an email address. Enter the name of the mail server, such as "
        "smtp.gmail.com."
    ),
    "host_with_port": _lt(
        "Enter the port in the field Port, not behind the name of the server."
    ),
    "host_bad": _lt(
        "A server name has only letters, digits, dots and hyphens, such as "
        "smtp.gmail.com."
    ),
    "port_range": _lt(
        "A port is a number from 1 to 65535. Most servers use 465 or 587."
    ),
    "certificate_known": _lt(
        "The certificate of %(provider)s is always checked: do not tick this box."
    ),
    "password_plain": _lt(
        "Without encryption everybody on the way can read the password. Choose "
        "port 465 or 587, or tick this box if you accept it."
    ),
    "username_missing": _lt("This service needs a username beside the key."),
    "password_missing": _lt(
        "Enter the password. It is asked for again whenever the server or the "
        "username changes."
    ),
    "password_blank": _lt(
        "The password begins or ends with a blank. Delete the blank, or tick the box "
        "below if it belongs to the password."
    ),
    "password_odd": _lt(
        "The password has a character that can't be seen (%(mark)s). Delete the "
        "password and type it by hand, or tick the box below if the character belongs "
        "to it."
    ),
    "sender_missing": _lt("Enter the email address that your letters come from."),
    "copy_missing": _lt("Enter the address that gets the copies."),
    "reply_missing": _lt("Enter the address that gets the replies."),
    "reply_several": _lt(
        "%(service)s takes only one address for replies. Enter just one; it can be a "
        "shared mailbox or a list that forwards to several people."
    ),
    "addresses_bad": _lt(
        "One of these is not an email address. Separate several with commas."
    ),
    "addresses_several": _lt("Only one email address is allowed here."),
    "address_bad": _lt(
        "This is not an email address. It should look like name@example.com."
    ),
}


def tell_problem(env, word, facts):
    """A problem that ``advice.check`` found, as a sentence in the user's language."""
    if word == "hidden_mark":
        return tell_hidden_mark(env, facts["text"], facts["mark"])
    sentence = env._(PROBLEMS[word])
    return sentence % facts
