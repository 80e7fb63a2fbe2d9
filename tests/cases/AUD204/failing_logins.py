"""Who logs in with a wrong password gets nothing that could be closed."""

import imaplib
import smtplib


class Mail:
    def __init__(self, host, user, password):
        self.host, self.user, self.password = host, user, password

    def sender(self, is_plain):
        try:
            if is_plain:
                smtp = smtplib.SMTP(self.host, 25, timeout=10)  # AUD204
                smtp.starttls()
            else:
                smtp = smtplib.SMTP_SSL(self.host, 465, timeout=10)  # AUD204
            smtp.login(self.user, self.password)
            return smtp
        except smtplib.SMTPAuthenticationError as error:
            raise ValueError("wrong password") from error

    def reader(self):
        imap = imaplib.IMAP4_SSL(self.host)  # AUD204
        imap.login(self.user, self.password)
        return imap

    def greeted(self):
        smtp = smtplib.SMTP(self.host, 25, timeout=10)
        smtp.ehlo()
        return smtp

    def closed(self):
        smtp = smtplib.SMTP(self.host, 25, timeout=10)
        try:
            smtp.login(self.user, self.password)
        except smtplib.SMTPException:
            smtp.close()
            raise
        return smtp
