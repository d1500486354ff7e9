"""A message handed to the organisation's mail server: sealed whenever the server can, never a password in clear."""

import smtplib
import ssl
from email.message import EmailMessage

from riskmodel.settings import Smtp

SECONDS = 30
"""The longest the server may keep us waiting."""


def send(smtp: Smtp, message: EmailMessage) -> None:
    """Hand one message over; raises OSError or smtplib.SMTPException when it was not taken for each of its addresses."""
    seal = ssl.create_default_context()
    opened = (
        smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=SECONDS, context=seal)
        if smtp.is_tls
        else smtplib.SMTP(smtp.host, smtp.port, timeout=SECONDS)
    )
    with opened as server:
        server.ehlo()
        if not smtp.is_tls and server.has_extn("starttls"):
            server.starttls(context=seal)
            server.ehlo()
        elif not smtp.is_tls and smtp.password:
            raise smtplib.SMTPNotSupportedError("the server offers no TLS: the password stays here")
        if smtp.user and smtp.password:
            server.login(smtp.user, smtp.password)
        refused = server.send_message(message)
    if refused:
        raise smtplib.SMTPRecipientsRefused(refused)
