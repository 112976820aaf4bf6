"""AWS Signature Version 4.

docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
from urllib.parse import quote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signed_headers(
    request,
    *,
    key: tuple[str, str],
    scope: tuple[str, str],
    now: datetime.datetime,
) -> dict[str, str]:
    """Host, X-Amz-Date and Authorization for a prepared request without a query.

    :param key: access key id and secret access key
    :param scope: region and service, e.g. ``("eu-west-1", "ses")``
    :param now: an aware moment
    """
    now = now.astimezone(datetime.timezone.utc)
    parts = urlsplit(request.url)
    headers = {
        "content-type": request.headers.get("Content-Type", ""),
        "host": parts.netloc,
        "x-amz-date": now.strftime("%Y%m%dT%H%M%SZ"),
    }
    place = "/".join((now.strftime("%Y%m%d"), *scope, "aws4_request"))
    canonical = _canonical(request, parts.path, headers)
    to_sign = (ALGORITHM, headers["x-amz-date"], place, _hash(canonical.encode()))
    signature = _mac(_signing_key(key[1], place), "\n".join(to_sign)).hex()
    return {
        "Host": headers["host"],
        "X-Amz-Date": headers["x-amz-date"],
        "Authorization": (
            f"{ALGORITHM} Credential={key[0]}/{place}, "
            f"SignedHeaders={';'.join(headers)}, Signature={signature}"
        ),
    }


def _canonical(request, path: str, headers: dict[str, str]) -> str:
    """The request in the one form both sides can write down; headers are sorted."""
    lines = [request.method, quote(path, safe="/~"), ""]
    lines += [f"{name}:{value}" for name, value in headers.items()]
    lines += ["", ";".join(headers), _hash(request.body or b"")]
    return "\n".join(lines)


def _signing_key(secret: str, place: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for word in place.split("/"):
        key = _mac(key, word)
    return key
