import ssl

import requests


class LampDeviceClient:
    def switch(self, host, token):
        return requests.put(f"https://{host}/state", headers={"auth": token}, verify=False, timeout=5)


class LivingRoomTV:
    def switch(self, host, token):
        return requests.put(f"https://{host}/state", headers={"auth": token}, verify=False, timeout=5)


class Store:
    def switch(self, host, token):
        return requests.put(f"https://{host}/state", headers={"auth": token}, verify=False, timeout=5)  # AUD208


def shown():
    """A context that deliberately verifies nothing: what it reads is shown to a person."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
