"""Real requests, as every client may send them."""

import json
from datetime import datetime, timedelta

from odoo.tests import HttpCase


class Denied(Exception):
    """The server refused, for lack of a right."""


class RpcCase(HttpCase):
    """``_call`` by the web client's route; ``_call_json2`` and ``_call_jsonrpc`` by
    those for programs."""

    DENIALS = (
        "odoo.exceptions.AccessError",
        "odoo.exceptions.AccessDenied",
        "werkzeug.exceptions.NotFound",
    )

    def _post(self, url, values, **headers):
        headers = {"Content-Type": "application/json", **headers}
        return self.url_open(url, data=json.dumps(values), headers=headers)

    def _read(self, response):
        answer = response.json()
        if "error" in answer:
            data = answer["error"]["data"]
            if data["name"] in self.DENIALS:
                raise Denied(data["name"])
            raise AssertionError(f"{data['name']}: {data['message']}")
        return answer.get("result")

    def _call(self, model, method, *args, **kwargs):
        """As the user who is logged in."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        url = f"/web/dataset/call_kw/{model}/{method}"
        return self._read(self._post(url, {"params": params}))

    def _call_jsonrpc(self, user, key, model, method, *args):
        words = [self.env.cr.dbname, user.id, key, model, method, args]
        params = {"service": "object", "method": "execute_kw", "args": words}
        return self._read(self._post("/jsonrpc", {"params": params}))

    def _call_json2(self, key, model, method, **values):
        response = self._post(
            f"/json/2/{model}/{method}", values, Authorization=f"Bearer {key}"
        )
        if response.status_code == 200:
            return response.json()
        name = response.json()["name"]
        if name in self.DENIALS:
            raise Denied(name)
        raise AssertionError(response.text)

    def _create_key(self, user):
        tomorrow = datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "Test", tomorrow)
