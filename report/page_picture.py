"""Pictures that a page or a text names by their address in this Odoo."""

import base64
import logging
import re
from urllib.parse import parse_qs, urlsplit

from odoo import api, models
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tools import file_open

from .. import pdf

_logger = logging.getLogger(__name__)

# As core's routes have them: a number, or model, number and field.
BY_ID = re.compile(r"/web/(?:image|content)/(\d+)(?:-\w+)?(?:/.*)?")
BY_FIELD = re.compile(
    r"/web/(?:image|content)/([a-z][\w.]*)/(\d+)(?:-\w+)?/(\w+)(?:/.*)?"
)
STATIC = re.compile(r"/(\w+/static/[\w./-]+)")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


class AccountEmailReportPicture(models.AbstractModel):
    """Mixin of what is drawn: finds the pictures that its texts name."""

    _name = "account.email.report.picture"
    _description = "Pictures of documents drawn by ReportLab"

    @api.model
    def _load_picture(self, address):
        """Return the bytes of a picture of this Odoo's; no other address is followed.

        It is read with the person's own rights: whoever writes an address into a text
        must not see more by it than in the browser.
        """
        barcode = pdf.read_barcode(address)
        if barcode:
            return self._draw_barcode(*barcode)
        parts = urlsplit(address)
        own = self.get_base_url().removesuffix("/")
        if parts.netloc and not address.startswith(f"{own}/"):
            return b""
        try:
            return self._read_picture(parts.path, parse_qs(parts.query))
        except (AccessError, MissingError, UserError, OSError, ValueError) as exc:
            _logger.warning("A picture of a document is left out: %s", exc)
            return b""

    @api.model
    def _read_picture(self, path, query):
        if static := STATIC.fullmatch(path):
            with file_open(static[1], "rb", filter_ext=PICTURES) as file:
                return file.read()
        token = query.get("access_token", [None])[0]
        # Not core's streams: they want a request, which a worker has not.
        find = self.sudo(False).env["ir.binary"]._find_record
        if by_id := BY_ID.fullmatch(path):
            return find(res_id=int(by_id[1]), access_token=token).raw or b""
        if by_field := BY_FIELD.fullmatch(path):
            model, number, name = by_field.groups()
            record = find(
                res_model=model, res_id=int(number), access_token=token, field=name
            )
            field = record._fields.get(name)
            if field is not None and field.type == "binary":
                record._check_field_access(field, "read")
                return _decode(record[name])
        return b""

    @api.model
    def _draw_barcode(self, kind, value, options):
        try:
            return self.env["ir.actions.report"].barcode(kind, value, **options)
        except ValueError:
            _logger.warning("A template's barcode of type %s can't be drawn.", kind)
            return b""


def _decode(value):
    """A binary field gives base64, an attachment's ``raw`` the bytes themselves."""
    try:
        return base64.b64decode(value or b"", validate=True)
    except ValueError:
        return value if isinstance(value, bytes) else b""
