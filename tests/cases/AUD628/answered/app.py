from fastapi import FastAPI
from fastapi.responses import JSONResponse

app = FastAPI()
JOBS = {}


@app.exception_handler(KeyError)
async def missing(request, error):
    return JSONResponse({"error": "there is no such thing"}, status_code=404)


@app.get("/jobs/{job_id}")
async def job(job_id: str):
    return JOBS[job_id]
