import os

_PASSWORD = os.getenv("DB_PASSWORD", "")
_DATABASE_URL = f"postgresql://shop:{_PASSWORD}@localhost/shop"


async def connect():
    print(f"connecting to {_DATABASE_URL}")  # AUD313


def create_admin(token):
    print(f"log in with {token}")


class Login:
    def authenticate(self, request):
        access_token = request.session.get("access_token", "")
        print(f"access token: {access_token}")  # AUD313
