import logging

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..transport import ILLEGIBLE, TransportError, file_name, serialize
from ..words import get_cure

_logger = logging.getLogger(__name__)


class LetterController(http.Controller):
    @http.route(
        "/account_email/letter/<int:dispatch_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def download(self, dispatch_id):
        """The exact letter of a dispatch, for those who may read log and document."""
        dispatch = request.env["account.email.dispatch"].browse(dispatch_id).exists()
        # To those who may not open it, it is as if it did not exist.
        if not dispatch.has_access("read") or not dispatch.can_open_letter:
            return request.not_found()
        try:
            # sudo: mail.mail is closed to all but administrators
            content = serialize(dispatch.sudo()._build_letter().message)
        except TransportError as error:
            # Without its files it would not be the exact letter.
            cure = get_cure(request.env, error.kind, error.cause, error.facts)
            raise UserError(cure) from error
        except ILLEGIBLE as exc:
            _logger.warning(
                "Letter %s can't be put together", dispatch_id, exc_info=True
            )
            raise UserError(
                request.env._("This letter can't be put together any more.")
            ) from exc
        name = file_name(f"{dispatch.subject or dispatch_id}.eml")
        return request.make_response(
            content,
            [
                ("Content-Type", "message/rfc822"),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )
