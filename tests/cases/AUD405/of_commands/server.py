from fastapi import FastAPI

from doctor import rows_served

app = FastAPI()


@app.get("/rows")
def rows_there():
    return rows_served("rows.db")
