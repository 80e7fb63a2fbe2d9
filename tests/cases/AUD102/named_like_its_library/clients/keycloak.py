"""A module of a folder that is no package, named like the library that it imports."""

try:
    from keycloak import KeycloakAdmin
except ImportError:

    class KeycloakAdmin:
        """What stands in for the library where it is not installed."""

        def get_user(self, user):
            return {}


class Accounts:
    def __init__(self, address):
        self._admin = None
        if address:
            self._admin = KeycloakAdmin(server_url=address)

    async def account(self, user):
        if not self._admin:
            return None
        return self._admin.get_user(user)  # AUD102
