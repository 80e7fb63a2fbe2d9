from shop.keys import keys_named, keys_sought, keys_with_prefix

OWN = "own_"
PREFIXES = {"user": "user_", "own": OWN}


def list_keys(session, kind):
    prefix = PREFIXES.get(kind) if kind else None
    return keys_with_prefix(session, prefix_filter=prefix)


def list_own(session):
    return keys_with_prefix(session, OWN)


def find(session, text):
    return [*keys_named(session, "a"), *keys_named(session, text), *keys_sought(session)]
