from fastapi import FastAPI
from routers.orders import router

app = FastAPI()
app.include_router(router)
