"""A name that stood for the address stands for the connection."""

import logging
import smtplib


def send(server, sender, text):
    try:
        server = smtplib.SMTP(server, timeout=3)  # AUD204
        server.sendmail(sender, sender, text)
        server.quit()
    except Exception as error:
        logging.warning("not sent: %s", error)
        return False
    return True


def send_and_close(server, sender, text):
    server = smtplib.SMTP(server, timeout=3)
    try:
        server.sendmail(sender, sender, text)
    finally:
        server.quit()


def send_all(server, jobs):
    for job in jobs:
        try:
            connection = smtplib.SMTP(server, timeout=3)  # AUD204
            connection.sendmail(job.sender, job.sender, job.text)
            connection.quit()
        except Exception as error:
            logging.warning("not sent: %s", error)
