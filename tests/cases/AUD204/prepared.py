"""A session that sends nothing has no connection."""

import requests


def prepared(request):
    return requests.Session().prepare_request(request).url


def is_patched(patched):
    return isinstance(requests.Session(), patched)


def cleared(patched):
    session = requests.Session()
    if isinstance(session, patched):
        session.cache.clear()


def asked(url):
    session = requests.Session()  # AUD204
    return session.get(url, timeout=5).text
