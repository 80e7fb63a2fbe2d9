"""The classes of urllib3 by each of their names."""

import urllib3
import urllib3.connectionpool
import urllib3.poolmanager


async def by_each_name(
    plain: urllib3.HTTPConnectionPool,
    secure: urllib3.connectionpool.HTTPSConnectionPool,
    manager: urllib3.poolmanager.PoolManager,
    proxy: urllib3.ProxyManager,
):
    plain.urlopen("GET", "/")  # AUD102
    secure.request("GET", "/")  # AUD102
    manager.request("GET", "https://example.org")  # AUD102
    proxy.request("GET", "https://example.org")  # AUD102
    manager.clear()
