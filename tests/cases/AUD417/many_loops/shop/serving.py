"""Several processes serve: each has a loop of its own."""

import uvicorn

uvicorn.run("shop.main:app", workers=4)
