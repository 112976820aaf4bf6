"""A provider of one's own on loopback: one signs in there, and mails through it.

A real authorization server (Authlib's own server part: PKCE enforced, refresh tokens
that rotate with reuse punished, device codes, applications), an SMTP server that knows
XOAUTH2 alone, and the end points of Gmail and Graph as their pages describe them.
"""

from .mail import MailApis, token_smtp_server
from .server import HOST, Authority, open_authority

__all__ = ["HOST", "Authority", "MailApis", "open_authority", "token_smtp_server"]
