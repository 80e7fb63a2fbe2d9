"""A text is put into a URL, and given beside it to the function that sends: that one looks it up first."""

import httpx
from fastapi import FastAPI, HTTPException

app = FastAPI()
BACKEND = "http://127.0.0.1:9000"


async def _sent(path: str, job_id: str, jobs):
    found = await jobs.find(job_id)
    if found is None:
        raise HTTPException(404)
    async with httpx.AsyncClient() as client:
        return (await client.get(BACKEND + path)).json()


async def _sent_at_once(path: str, job_id: str):
    async with httpx.AsyncClient() as client:
        answer = await client.get(BACKEND + path)
    return {"job": job_id, "answer": answer.json()}


@app.get("/jobs/{job_id}")
async def job(job_id: str, jobs):
    return await _sent(f"/v2/jobs/{job_id}", job_id, jobs)


@app.get("/results/{job_id}")
async def result(job_id: str):
    return await _sent_at_once(f"/v2/results/{job_id}", job_id)  # AUD621
