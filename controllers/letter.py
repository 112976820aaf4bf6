from odoo import http
from odoo.http import content_disposition, request

from ..transport import serialize


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
        # sudo: mail.mail is closed to all but administrators
        content = serialize(dispatch.sudo()._build_letter().message)
        name = f"{dispatch.subject}.eml"
        return request.make_response(
            content,
            [
                ("Content-Type", "message/rfc822"),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )
