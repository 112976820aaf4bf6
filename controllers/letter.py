from odoo import http
from odoo.http import content_disposition, request


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
        dispatch.check_access("read")
        if not dispatch or not dispatch.has_letter:
            return request.not_found()
        request.env[dispatch.res_model].browse(dispatch.res_id).check_access("read")
        # sudo: mail.mail is closed to all but administrators
        content = dispatch.sudo()._build_letter().message.as_bytes()
        name = f"{dispatch.subject}.eml"
        return request.make_response(
            content,
            [
                ("Content-Type", "message/rfc822"),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
