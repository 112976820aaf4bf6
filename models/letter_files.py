"""Whether the files that leave with a letter are those it was written with.

Core reads a file that is gone as an empty one, and turns files that are too heavy or
are mentioned in the text into links: neither must be mistaken for the other.
"""

import hashlib
import os
from collections import Counter

from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..transport import TransportError
from .own_trouble import find_own_trouble

_lt = LazyTranslate(__name__)

LINK = _lt(
    "“%s” is a link and no file, so it can't go along. Download it and attach it, or "
    "untick it."
)
BLANK = _lt("“%s” is an empty file. Attach it anew, or untick it.")
GONE = _lt(
    "“%s” is no longer on the server as it was stored. Attach it anew or untick it, "
    "and tell the administrator that files are missing or damaged."
)
EMPTY = hashlib.sha1(b"").hexdigest()


def get_checksum(content):
    """As core writes it down beside each file."""
    return hashlib.sha1(content or b"").hexdigest()


def check_files(dispatch, attachments):
    """Compare what would leave with what was written.

    :param attachments: tuples ``(name, bytes, mimetype)``, by core's builder
    :raise TransportError: ``held`` if a file is gone or another, ``own`` if this
        machine can't read its files at all
    """
    leaving = Counter(get_checksum(content) for _name, content, _type in attachments)
    if dispatch.files is False or dispatch.files is None:
        _check_old(dispatch, attachments)
        return
    for file in dispatch.files:
        if leaving[file["checksum"]]:
            leaving[file["checksum"]] -= 1
        else:
            _check_left_out(dispatch.env, file)
    if surplus := +leaving:
        raise _blame(attachments, surplus)


def _check_old(dispatch, attachments):
    """A letter of an older version knows only which files it has."""
    for file in dispatch.mail_id.attachment_ids:
        if file.file_size and (file.name, b"", file.mimetype) in attachments:
            mark = {"id": file.id, "name": file.name, "checksum": file.checksum}
            _check_left_out(dispatch.env, mark)


def _blame(attachments, surplus):
    if EMPTY in surplus:
        # Nothing is wrong with the file now, but it could not be read just before.
        return TransportError("own", "disk_broken")
    names = [
        name for name, content, _t in attachments if get_checksum(content) in surplus
    ]
    return TransportError("held", "file_changed", facts={"name": names[0]})


def _check_left_out(env, mark):
    """Why a file does not leave: gone, changed, or core made a link of it."""
    # sudo: files of a letter are read with the right to send it
    file = env["ir.attachment"].sudo().browse(mark["id"]).exists()
    facts = {"name": mark["name"]}
    if not file:
        raise TransportError("held", "file_missing", facts=facts)
    content = _read(file, facts)
    if get_checksum(content) != mark["checksum"]:
        raise TransportError("held", "file_changed", facts=facts)


def _read(file, facts):
    """The bytes as they are stored, and no empty ones for a file that is not there."""
    if not file.store_fname:
        return file.db_datas
    try:
        with open(file._full_path(file.store_fname), "rb") as stored:
            return stored.read()
    except FileNotFoundError as exc:
        if not _has_files(file._filestore()):
            raise TransportError("own", "filestore_gone") from exc
        raise TransportError("held", "file_missing", facts=facts) from exc
    except OSError as exc:
        raise find_own_trouble(exc) from exc


def _has_files(folder):
    """Whether the filestore is there: a disk that is not mounted leaves it empty."""
    try:
        with os.scandir(folder) as entries:
            return any(entry.name != "checklist" for entry in entries)
    except FileNotFoundError:
        return False
    except OSError as exc:
        raise find_own_trouble(exc) from exc


def find_file_problem(attachments):
    """What can't go along as it is: told while the letter is written.

    :return: a sentence, or nothing
    """
    for file in attachments:
        if fault := _find_fault(file):
            return str(file.env._(fault)) % file.name
    return ""


def _find_fault(file):
    if file.type == "url" or file.url and not file.file_size:
        return LINK
    if not file.file_size:
        return BLANK
    path = file.store_fname and file._full_path(file.store_fname)
    return GONE if path and not os.path.isfile(path) else None


def take_files(attachments):
    """What goes along, as tuples ``(name, bytes, mimetype)``.

    :raise UserError: a file that can't go as it is, and why
    """
    if problem := find_file_problem(attachments):
        raise UserError(problem)
    files = tuple((file.name, file.raw, file.mimetype) for file in attachments)
    for file, (name, content, _type) in zip(attachments, files, strict=True):
        if get_checksum(content) != file.checksum:
            raise UserError(str(file.env._(GONE)) % name)
    return files
