"""No timeout, as the caller wants it."""

import aiohttp
import httpx


def chosen(timeout):
    match timeout:
        case None:
            return aiohttp.ClientTimeout(total=None)
        case _:
            return aiohttp.ClientTimeout(total=timeout)


def chosen_by_test(timeout):
    if timeout is None:
        return aiohttp.ClientTimeout(total=None)
    return aiohttp.ClientTimeout(total=timeout)


def always():
    return aiohttp.ClientTimeout(total=None)  # AUD203


def of_a_stream():
    return httpx.Timeout(None, connect=5)


def of_nothing():
    return httpx.Timeout(None)  # AUD203
