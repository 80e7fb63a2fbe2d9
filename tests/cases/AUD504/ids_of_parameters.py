"""The id of a parameter is the id of what the parameter is."""

from fastapi import FastAPI

app = FastAPI()
_profiles = {}
_loaded = {}


@app.post("/profile")
async def remember(user, profile):
    _profiles[user.id] = profile  # AUD504


@app.post("/load")
async def load(model):
    _loaded[model.id] = model
