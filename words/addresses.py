"""What a person is told of an address that is not what it seems."""

from ..advice import hidden_marks, plain_form


def find_hidden_mark(env, address):
    """:return: a sentence if something in ``address`` can't be seen, or None"""
    marks = hidden_marks((address or "").strip())
    return tell_hidden_mark(env, address, marks[0]) if marks else None


def tell_hidden_mark(env, address, mark):
    return env._(
        "The address “%(address)s” has a character that can't be seen (%(mark)s). "
        "Delete the address and type it by hand.",
        address="".join(char for char in address if char.isprintable()),
        mark=mark,
    )


def show_address(env, address):
    """The address, and beside it what it really says where it imitates another."""
    plain = plain_form(address or "")
    if not plain:
        return address
    return env._(
        "%(address)s (caution, really: %(plain)s)", address=address, plain=plain
    )
