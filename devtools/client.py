"""What a web client does, over the same routes: log in, fill in, press buttons."""

import re

import requests

from .console import Stop


class Client:
    def __init__(self, url, database, *, login, password):
        self.url = url
        self.session = requests.Session()
        params = {"db": database, "login": login, "password": password}
        self.post("/web/session/authenticate", params)

    def post(self, route, params):
        """:raises Stop: with the server's own sentence"""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.session.post(self.url + route, json=body, timeout=60).json()
        if "error" in answer:
            data = answer["error"].get("data", {})
            raise Stop(data.get("message") or str(answer["error"]))
        return answer.get("result")

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)

    def open_form(self, model, specification, *, context=None):
        """The values of a new form, as they stand before anyone types."""
        words = ([], {}, [], specification)
        answer = self.call(model, "onchange", *words, context=context or {})
        return answer["value"]

    def save(self, model, values, *, res_id=None, context=None):
        """:return: id of the saved record"""
        ids = [res_id] if res_id else []
        rows = self.call(model, "web_save", ids, values, {}, context=context or {})
        return rows[0]["id"]

    def csrf_token(self):
        page = self.session.get(f"{self.url}/odoo", timeout=60).text
        return re.search(r'csrf_token:\s*"([^"]+)"', page).group(1)
