"""What plain functions make at the first call, and other files run in threads."""

_models = None
_mailer = None
_search = None
_stock = None
_guarded = None
_prices = None
_clock = None


class Models:
    def __init__(self):
        self.loaded = {}

    def load(self, name, model):
        self.loaded[name] = model


def get_models():
    global _models
    if _models is None:
        _models = Models()  # AUD524
    return _models


def get_mailer():
    global _mailer
    if _mailer is None:
        _mailer = Models()  # AUD524
    return _mailer


def get_search():
    # The lifespan calls it before the first request comes.
    global _search
    if _search is None:
        _search = Models()
    return _search


def get_stock():
    # Coroutines call it, one after the other.
    global _stock
    if _stock is None:
        _stock = Models()
    return _stock


def get_guarded():
    # Called under a lock.
    global _guarded
    if _guarded is None:
        _guarded = Models()
    return _guarded


class Prices:
    """Holds nothing of its own: either of two will do."""

    def __init__(self):
        self.currency = "EUR"
        self.known = ["EUR", "USD"]


def get_prices():
    global _prices
    if _prices is None:
        _prices = Prices()
    return _prices


def get_clock():
    # The object of the module asks for it when it is made.
    global _clock
    if _clock is None:
        _clock = Models()
    return _clock


class Calendar:
    def __init__(self):
        self.clock = get_clock()


calendar = Calendar()
