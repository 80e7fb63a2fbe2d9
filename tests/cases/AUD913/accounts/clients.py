"""Who asks with the keys of the models."""

import hashlib

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Filled, Link, Partner, Shop


def client_of(shop: Shop):
    return httpx.Client(timeout=5, headers={"X-Key": shop.api_key})  # AUD913


def in_text(shop: Shop, number):
    assert number
    return httpx.get("https://example.org", params={"key": str(shop.api_key)}, timeout=5)  # AUD913


def either(shop: Shop, decrypt):
    key = decrypt(shop.api_key_encrypted) if shop.api_key_encrypted else shop.api_key
    return httpx.get("https://example.org", params={"key": key, "old": shop.api_key}, timeout=5)


def named(shop: Shop):
    return httpx.get("https://example.org", params={"name": shop.name}, timeout=5)


def of_partner(partner: Partner):
    return httpx.get("https://example.org", params={"key": partner.secret}, timeout=5)


def of_filled(filled: Filled):
    return httpx.get("https://example.org", params={"key": filled.token}, timeout=5)


def moved(shop: Shop, fernet):
    shop.api_key_encrypted = fernet.encrypt(shop.api_key)
    shop.api_key = None


def told_apart(shop: Shop):
    return hashlib.sha256(shop.api_key.encode()).hexdigest(), len(shop.api_key)


def without_key(session: Session):
    return session.scalars(select(Shop).where(Shop.api_key.is_(None))).all()


def unknown(shop):
    return httpx.get("https://example.org", params={"key": shop.api_key}, timeout=5)


def new_link(settings):
    return Link(settings=settings)


def of_link(link: Link):
    return httpx.get("https://example.org", params={"settings": link.settings}, timeout=5)
