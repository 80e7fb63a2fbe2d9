"""What the functions are given."""

from functools import partial

from api import Api, Session


class Shop:
    def __init__(self):
        self.api = Api("https://shop.example")

    def orders(self):
        self.api.call_action("orders", "GET", headers={"a": "b"})
        self.api.ask_with_default("orders")
        self.api.ask_with_all("orders")
        self.api.ask_bounded("orders")
        self.api.send("orders")
        self.api.send_or_stream("orders", False)
        self.api.fetch_by_way("orders", params={"page": 1})
        return self.api.ask_shortly("orders")

    def items(self, options):
        Session().ask_own("https://shop.example")
        self.api.given_to_others("orders")
        ask = partial(self.api.given_to_others, timeout=3)
        return self.api.ask_shortly("items", timeout=3), ask
