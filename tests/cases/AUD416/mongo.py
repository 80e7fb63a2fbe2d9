"""Documents of MongoDB that a route reads, and writes back."""

from fastapi import APIRouter, HTTPException
from motor.motor_asyncio import AsyncIOMotorClient

router = APIRouter()
db = AsyncIOMotorClient("mongodb://db").shop


@router.post("/taken")
async def taken(identifier: str):
    item = await db.items.find_one({"_id": identifier})
    await db.items.update_one({"_id": identifier}, {"$set": {"stock": item["stock"] - 1}})  # AUD416


@router.post("/closed")
async def closed(identifier: str):
    order = await db.orders.find_one({"_id": identifier})
    if order.get("status") != "open":
        raise HTTPException(409)
    await db.orders.update_one({"_id": identifier}, {"$set": {"status": "closed"}})  # AUD416


@router.post("/closed-once")
async def closed_once(identifier: str):
    order = await db.orders.find_one({"_id": identifier})
    if order.get("status") != "open":
        raise HTTPException(409)
    await db.orders.update_one({"_id": identifier, "status": "open"}, {"$set": {"status": "closed"}})


@router.post("/counted")
async def counted(identifier: str):
    await db.items.find_one({"_id": identifier})
    await db.items.update_one({"_id": identifier}, {"$inc": {"stock": -1}})


@router.post("/of-another")
async def of_another(identifier: str):
    item = await db.items.find_one({"_id": identifier})
    await db.orders.update_one({"_id": identifier}, {"$set": {"stock": item["stock"] - 1}})


def at_work(client, identifier):
    item = client.items.find_one({"_id": identifier})
    client.items.update_one({"_id": identifier}, {"$set": {"stock": item["stock"] - 1}})
