"""Cures for what goes wrong on the way to the server, up to the login.

``%(name)s`` stands for a fact, see ``transport.errors.CAUSES``.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

NO_SERVER = _lt(
    "There is no server of the name %(host)s that this Odoo may connect to. Check how "
    "it is spelled: it usually looks like smtp.example.com. A server in your own "
    "private network must be allowed by the administrator first: in Settings > "
    "Technical > System Parameters, key account_email.allowed_hosts, value %(host)s."
)
CONNECTION_CURES = {
    # the way to the server
    "dns": NO_SERVER,
    "dns_timeout": _lt(
        "The name servers gave no answer, so nobody knows where %(host)s is; the name "
        "may be right. It is sent again by itself."
    ),
    "refused": _lt(
        "%(host)s answers, but not on port %(port)s. Check the port with your "
        "provider: most servers use 465 or 587."
    ),
    "timeout": _lt(
        "%(host)s did not answer on port %(port)s in time. Check name and port. Many "
        "hosting companies block ports 25, 465 and 587: ask yours, or try port 2525 "
        "if your provider offers it."
    ),
    "unreachable": _lt(
        "There is no way from this Odoo to %(host)s. A firewall may block it: ask the "
        "administrator."
    ),
    "closed": _lt(
        "The server closed the connection without a reason. It is sent again by itself."
    ),
    "intercepted": _lt(
        "An antivirus program or a proxy on the way can't reach %(host)s. It is sent "
        "again by itself."
    ),
    # In the same words, or one could find out which names the inner network has.
    "private_address": NO_SERVER,
    "bad_host": _lt("Enter only the name of the server, such as smtp.example.com."),
    "bad_port": _lt("A port is a number from 1 to 65535. Most servers use 465 or 587."),
    "bad_url": _lt("Check the address of the HTTP server. It begins with https://."),
    "bad_secret": _lt(
        "The username or the password holds a character that can't be sent. Type both "
        "again by hand."
    ),
    "bad_profile": _lt(
        "Something is missing in the email settings. Fill them in again."
    ),
    "protocol": _lt(
        "The server answers in a way that no mail server does. Check name and port."
    ),
    "not_smtp": _lt(
        "What answers at %(host)s on port %(port)s is not a mail server. Check name "
        "and port."
    ),
    "greeting_refused": _lt(
        "The server does not talk to this Odoo at all, for the reason in its answer. "
        "Ask your provider."
    ),
    "helo_refused": _lt(
        "The server refuses the name by which this Odoo introduces itself. Send over "
        "the mail server of your provider, with a login; or ask the administrator to "
        "give the server that Odoo runs on its full name."
    ),
    "machine_refused": _lt(
        "The server takes no letters straight from this Odoo, since its internet "
        "address is not that of a mail server. Send over the mail server of your "
        "provider, with a login."
    ),
    "reply_too_long": _lt(
        "The answer of the server has no end. Check name and port, or ask your "
        "provider."
    ),
    # encryption
    "tls_on_plain": _lt(
        "The server does not expect encryption from the start on this port. Choose "
        "port 587."
    ),
    "plain_on_tls": _lt(
        "The server expects encryption from the start on this port. Choose port 465."
    ),
    "starttls_missing": _lt(
        "The server offers no encryption on this port. Choose port 465, or ask your "
        "provider which port is encrypted."
    ),
    "starttls_required": _lt(
        "The server wants an encrypted connection. Choose port 587 or 465."
    ),
    "starttls_broken": _lt(
        "The server offers to encrypt the connection and then breaks it off or falls "
        "silent. A firewall or an antivirus in between may do so. Try port 465, or ask "
        "your provider."
    ),
    "tls_version": _lt(
        "The server knows only outdated encryption. Ask your provider for another "
        "server, or for TLS 1.2."
    ),
    "tls_failed": _lt(
        "The encrypted connection failed. Check that port and encryption belong "
        "together: 465 for TLS, 587 for STARTTLS."
    ),
    "cert_self_signed": _lt(
        "The server shows a certificate that it signed itself. If it is your own "
        "server, tick “Do not verify TLS certificate”; otherwise check its name."
    ),
    "cert_expired": _lt(
        "The certificate of the server has expired. Its operator must renew it."
    ),
    "cert_not_yet_valid": _lt(
        "The certificate of the server is not valid yet. Check the clock of the server "
        "that Odoo runs on."
    ),
    "cert_hostname": _lt(
        "The certificate is for another name than %(host)s. Ask the operator of the "
        "server for its right name."
    ),
    "cert_unknown_ca": _lt(
        "The certificate of the server comes from an authority that this Odoo does not "
        "know. If it is your own server, tick “Do not verify TLS certificate”."
    ),
    "cert_invalid": _lt(
        "The certificate of the server is not valid. Ask its operator."
    ),
    # login
    "login_refused": _lt(
        "Username or password is wrong. The username is mostly the whole email "
        "address. Some providers want an app password instead of the normal one."
    ),
    "login_missing": _lt(
        "The server wants a login. Enter the username and the password of the mailbox."
    ),
    "login_locked": _lt(
        "Too many wrong passwords: the provider has locked the login for a while. "
        "Wait, correct the password, and test only then."
    ),
    "login_not_offered": _lt(
        "The server offers no login with a password here. Leave the Username empty, or "
        "choose port 587 or 465."
    ),
    "login_unencrypted": _lt(
        "The password is not sent over a connection that is not encrypted. Choose port "
        "465 or 587."
    ),
    "login_temporary": _lt(
        "The server can't check the login at the moment. Try again in some minutes."
    ),
    "app_password": _lt(
        "This provider wants an app password instead of the normal one. Make one in "
        "the security settings of the mail account and enter it here, without spaces."
    ),
    "too_many_logins": _lt(
        "The provider saw too many logins. Wait fifteen minutes before you try again."
    ),
    "ms_tenant": _lt(
        "Microsoft 365 has switched off this way of sending for your whole "
        "organisation. Its administrator can switch it on in the Exchange admin "
        "center, under Settings > Mail flow."
    ),
    "ms_mailbox": _lt(
        "Microsoft 365 has switched off this way of sending for this mailbox. Its "
        "administrator can switch it on under Active users > Mail > Manage email apps"
        " > Authenticated SMTP."
    ),
    "ms_security_defaults": _lt(
        "The security defaults of your Microsoft 365 organisation forbid every login "
        "with a password. Its administrator can switch them off in the Microsoft Entra "
        "admin center, under Overview > Properties, and protect the accounts with "
        "Conditional Access instead. Or choose Microsoft under How to log in and press "
        "Sign in: that needs no password here."
    ),
    "ms_oauth": _lt(
        "Your Microsoft 365 organisation takes no password here (basic authentication "
        "is disabled). Choose Microsoft under How to log in and press Sign in."
    ),
    "ms_password": _lt(
        "Microsoft 365 says that username or password is wrong. The username is the "
        "whole address that you sign in to Microsoft 365 with. Type both again; try "
        "them at https://outlook.office.com first."
    ),
    "ms_policy": _lt(
        "A rule of your Microsoft 365 organisation forbids this login. Its "
        "administrator finds which one in the sign-in log of the Microsoft Entra admin "
        "center: mostly a Conditional Access policy against old ways to log in, or an "
        "authentication policy of Exchange. Or choose Microsoft under How to log in "
        "and press Sign in: that is a new way."
    ),
    "ses_credentials": _lt(
        "Amazon SES refuses the login, for one of four reasons: the access key ID is "
        "wrong, the secret access key does not belong to it, the region in the address "
        "of the server is another one, or the key has no right to send "
        "(ses:SendRawEmail). Check them in this order."
    ),
    "ses_key": _lt(
        "Amazon SES does not know the access key ID. Enter it as the Username (it "
        "begins with AKIA); it must be active, and no user name made for SMTP."
    ),
    "ses_signature": _lt(
        "The secret access key does not belong to the access key ID. Enter the secret "
        "that was shown when the key was made, or make a new key and enter both. The "
        "password made for SMTP does not work here."
    ),
    "ses_clock": _lt(
        "Amazon SES refuses the request because of its time. Check date and clock of "
        "the machine that Odoo runs on."
    ),
    "ses_region": _lt(
        "The region in the address of the server is not the right one. Enter "
        "https://email.REGION.amazonaws.com with the region in which you use Amazon "
        "SES, such as eu-west-1."
    ),
    "ses_rights": _lt(
        "The access key may not send. Give its user in AWS IAM the right "
        "ses:SendRawEmail, or use a key that has it."
    ),
    "key_rights": _lt(
        "The key is right, but it may not send. Give it the right to send mail at the "
        "provider, or make a new one that has it."
    ),
    "ip_not_allowed": _lt(
        "The provider lets only known internet addresses send. Add the address of this "
        "Odoo to the allowed ones in its security settings."
    ),
    "account_disabled": _lt(
        "The mail account is disabled. Log in at the provider's page to see why."
    ),
}
