from app.pools import given_elsewhere


def run():
    return given_elsewhere(1)
