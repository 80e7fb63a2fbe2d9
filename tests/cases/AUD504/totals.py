"""What is counted for each user as long as the process lives, and what else is kept for each."""

from fastapi import FastAPI

app = FastAPI()
user_totals = {}
_user_model_stats = {}
_user_drafts = {}


@app.post("/users/{user_id}/calls")
async def called(user_id: str, model: str):
    total = user_totals.setdefault(user_id, {"calls": 0})
    total["calls"] += 1
    models = _user_model_stats.setdefault(user_id, {})
    models[model] = models.get(model, 0) + 1


@app.post("/users/{user_id}/drafts")
async def drafted(user_id: str, text: str):
    _user_drafts.setdefault(user_id, []).append(text)  # AUD504
