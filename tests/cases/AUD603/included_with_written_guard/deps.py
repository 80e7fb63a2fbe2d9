from fastapi import Depends


def current_user(): ...


backends = {}


class Store:
    def __init__(self, user=Depends(current_user)):
        self.user = user
