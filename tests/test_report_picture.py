"""Pictures that a text of a document names by their address."""

import io

from PIL import Image
from pypdf import PdfReader

from odoo.tests import new_test_user, tagged

from .report_common import INVOICES, ReportTextCommon


@tagged("post_install", "-at_install")
class TestReportPicture(ReportTextCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        buffer = io.BytesIO()
        Image.effect_noise((120, 80), 70).convert("RGB").save(buffer, "PNG")
        cls.png = buffer.getvalue()
        cls.env.company.logo = False
        cls.bookkeeper = new_test_user(
            cls.env, "picture_clerk", groups="account.group_account_invoice"
        )

    def _create_picture(self, **values):
        defaults = {"name": "seal.png", "raw": self.png}
        return self.env["ir.attachment"].create(defaults | values)

    def _draw(self, narration):
        """As a bookkeeper prints: core renders reports as superuser."""
        move = self._create(narration=f"<p>terms {narration} end</p>")
        report = self.report.with_user(self.bookkeeper).sudo()
        streams = report._render_qweb_pdf_prepare_streams(INVOICES, {}, move.ids)
        reader = PdfReader(io.BytesIO(streams[move.id]["stream"].getvalue()))
        return reader, "".join(page.extract_text() for page in reader.pages)

    def _count_pictures(self, narration):
        reader, text = self._draw(narration)
        self.assertIn("terms", text)
        self.assertIn("end", text)
        return sum(len(page.images) for page in reader.pages)

    def test_a_picture_of_ones_own(self):
        public = self._create_picture(public=True)
        mine = self._create_picture(res_model="res.partner", res_id=self.partner_a.id)
        shared = self._create_picture()
        token = shared.generate_access_token()[0]
        base = self.env["ir.config_parameter"].get_param("web.base.url")
        for address in (
            f"/web/image/{public.id}",
            f"/web/image/{public.id}-abc123/seal.png?height=10",
            f"{base}/web/image/{public.id}",
            f"/web/image/{mine.id}",
            f"/web/image/ir.attachment/{mine.id}/raw",
            f"/web/image/{shared.id}?access_token={token}",
            "/web/static/img/placeholder.png",
        ):
            with self.subTest(address=address):
                self.assertEqual(self._count_pictures(f'<img src="{address}">'), 1)

    def test_nobody_sees_more_in_print_than_in_the_browser(self):
        secret = self._create_picture()
        other = self.env["res.company"].create({"name": "Other", "logo": False})
        foreign = self._create_picture(company_id=other.id, res_model="res.company")
        for address in (
            f"/web/image/{secret.id}",
            f"/web/image/ir.attachment/{secret.id}/raw",
            f"/web/content/{secret.id}?access_token=false",
            f"/web/image/{foreign.id}",
            "/web/image/999999999",
            "/web/image/no.such.model/1/raw",
            "/web/image/res.users/1/password",
            "/web/static/../../odoo.conf",
            "/etc/passwd",
            "file:///etc/passwd",
            "https://elsewhere.example/web/image/1",
            f"//elsewhere.example/web/image/{secret.id}",
        ):
            with self.subTest(address=address):
                self.assertEqual(self._count_pictures(f'<img src="{address}">'), 0)

    def test_what_is_no_picture_leaves_the_text(self):
        broken = self._create_picture(raw=b"no picture", public=True)
        self.assertEqual(self._count_pictures(f'<img src="/web/image/{broken.id}">'), 0)
