from fastapi import APIRouter

early = APIRouter(prefix="/jobs")
late = APIRouter(prefix="/jobs")


@late.get("/latest")
async def latest(): ...  # AUD601


@late.get("/{job_id:int}")
async def by_number(job_id: int): ...  # AUD601


@early.get("/{job_id}")
async def job(job_id: str): ...


@early.get("/oldest")
async def oldest(): ...  # AUD601
