"""Services that have a synchronous client, and asynchronous twins of them."""

import ccxt
import ccxt.async_support as asynchronous
from google_auth_oauthlib.flow import Flow
from keycloak import KeycloakOpenID

exchange = ccxt.kraken()
other = asynchronous.kraken()
keycloak = KeycloakOpenID(server_url="https://login.example", realm_name="shop", client_id="web")


async def price(symbol):
    return exchange.fetch_ticker(symbol)  # AUD102


async def price_in_turn(symbol):
    return await other.fetch_ticker(symbol)


async def log_in(code, settings):
    flow = Flow.from_client_config(settings, scopes=[])
    flow.fetch_token(code=code)  # AUD102
    return flow.authorization_url()


async def tokens(name, password):
    return keycloak.token(name, password)  # AUD102


async def tokens_in_turn(name, password):
    return await keycloak.a_token(name, password)
