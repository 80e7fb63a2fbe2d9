"""Settings."""


class Config:
    TOKEN_URL = "https://login.example/token"


def get_config():
    return Config()
