from fastapi import APIRouter, Depends, FastAPI

import notes
from deps import backends

app = FastAPI()
api = APIRouter(prefix="/api")
api.include_router(notes.router)
app.include_router(api, dependencies=[Depends(backends["token"].current_user)])
