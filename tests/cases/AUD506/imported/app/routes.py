import uuid

from fastapi import APIRouter

from app.state import jobs, shared_jobs

router = APIRouter()


@router.post("/jobs")
def create():
    job_id = str(uuid.uuid4())
    jobs[job_id] = {"state": "queued"}  # AUD506
    shared_jobs[job_id] = {"state": "queued"}
    return job_id


@router.get("/jobs/{job_id}")
def show(job_id: str):
    return jobs[job_id], shared_jobs[job_id]
