from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/orders")
def orders(store):
    try:
        return store.orders()
    except Exception as error:
        raise HTTPException(status_code=500, detail=str(error))
