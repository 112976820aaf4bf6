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
    moment, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    parts = urlsplit(request.url)
    headers = {
        "content-type": request.headers.get("Content-Type", ""),
        "host": parts.netloc,
        "x-amz-date": moment,
    }
    names = ";".join(headers)
    canonical = "\n".join(
        (
            request.method,
            quote(parts.path, safe="/~"),
            "",
            *(f"{name}:{value}" for name, value in headers.items()),
            "",
            names,
            _hash(request.body or b""),
        )
    )
    place = f"{day}/{scope[0]}/{scope[1]}/aws4_request"
    to_sign = "\n".join((ALGORITHM, moment, place, _hash(canonical.encode())))
    signing = f"AWS4{key[1]}".encode()
    for word in place.split("/"):
        signing = _mac(signing, word)
    signature = _mac(signing, to_sign).hex()
    credential = f"Credential={key[0]}/{place}"
    return {
        "Host": parts.netloc,
        "X-Amz-Date": moment,
        "Authorization": (
            f"{ALGORITHM} {credential}, SignedHeaders={names}, Signature={signature}"
        ),
    }
