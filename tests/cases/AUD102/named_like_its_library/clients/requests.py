"""A module that imports no library of its name: another one beside it means it."""


def get(address):
    return address
