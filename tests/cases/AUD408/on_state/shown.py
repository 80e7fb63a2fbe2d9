"""How titles are shown."""


def shown(name):
    return name.title()
