from fastapi import APIRouter, Depends, FastAPI

import notes
from deps import current_user

app = FastAPI()
api = APIRouter(prefix="/api")
api.include_router(notes.router)
app.include_router(api, dependencies=[Depends(current_user)])
