"""Tokens of a chain are what a payment is made in."""

import logging

from fastapi import APIRouter

logger = logging.getLogger(__name__)
router = APIRouter()


@router.post("/webhooks/paid")
def webhook_paid(payment: dict):
    token = payment.get("crypto_currency") or payment.get("currency", "USDC")
    logger.info("paid %s", token)


@router.post("/webhooks/swapped")
def webhook_swapped(payment: dict):
    token = payment["symbol"]
    logger.info("swapped %s", token)


@router.post("/webhooks/sent")
def webhook_sent(payment: dict):
    token = payment.get("currency") or payment.get("value")
    logger.info("sent %s", token)  # AUD313
