from urllib.parse import quote_plus

from urls import quoted_outside, raw_outside


def addresses(settings):
    yield quoted_outside(settings.user, quote_plus(settings.password), settings.host)
    yield raw_outside(settings.user, settings.password, settings.host)
