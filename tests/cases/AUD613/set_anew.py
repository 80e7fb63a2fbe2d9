"""The literal is only the first value."""

from fastapi import FastAPI
from shop import settings

app = FastAPI(debug=True)
app.debug = settings.debug
