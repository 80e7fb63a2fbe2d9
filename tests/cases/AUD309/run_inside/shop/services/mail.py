import smtplib


def send(text):
    try:
        smtplib.SMTP("mail.example").sendmail("a@shop.example", "b@shop.example", text)
    except OSError as error:
        print("not sent:", error)  # AUD309
        return False
    return True
