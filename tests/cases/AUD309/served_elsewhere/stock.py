class Stock:
    def __init__(self):
        self.sold = []
        print("the stock is empty")

    def sell(self, number):
        print("sold", number)  # AUD309
        self.sold.append(number)
        self.log(number)

    def start(self):
        print("ready")

    def log(self, text):
        print(text)

    def count(self):
        print("counting")
        return len(self.sold)


def price_of(number, verbose=False):
    if verbose:
        print("asked for", number)
    return number


def send(text, server=None):
    if server is None:
        print("no server, the mail is printed instead")
        print(text)
        return
    server.send(text)
