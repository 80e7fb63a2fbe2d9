def known_key(config, token):
    for one in config.gateway_keys:
        if one.key == token:  # AUD619
            return one
    return None


def listed_key(config, token):
    for one in config.gateway_keys:
        if one.key == token:
            return one
    return None


def named_key(config, name):
    for one in config.gateway_keys:
        if one.key == name:
            return one
    return None


def is_admin(settings, token):
    return token == settings.admin_token  # AUD619


def row_of(rows, token):
    for row in rows:
        if row.key == token:
            return row
    return None
