class Mailer:
    def send(self, text):
        return {"sent": text}


class Cookies:
    def bake(self, text):
        return {"baked": text}
