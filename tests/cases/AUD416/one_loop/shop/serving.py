import uvicorn

uvicorn.run("shop.main:app")
