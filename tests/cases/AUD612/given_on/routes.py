from fastapi import FastAPI, HTTPException

from orders import ROWS, Orders, archive, drop, error_response, find, look

app = FastAPI()
orders = Orders()


@app.get("/orders/{number}")
def order(number: int):
    return find(number)  # AUD612


@app.get("/asked/{number}")
def asked(number: int):
    found = find(number)
    if "error" in found:
        raise HTTPException(404, found["error"])
    return found


@app.get("/kept/{number}")
def kept(number: int):
    found = find(number)
    return found  # AUD612


@app.delete("/orders/{number}")
async def cancel(number: int):
    return await orders.cancel(number)  # AUD612


@app.get("/rows/{number}")
def row(number: int):
    if number < 0:
        return error_response("no such order", 404)  # AUD612
    return ROWS.get(number) or {"error": "no such order"}  # AUD612


@app.get("/chosen/{number}")
def chosen(number: int):
    return ROWS[number] if number in ROWS else {"error": "no such order"}  # AUD612


@app.get("/named/{number}")
def named(number: int):
    if number not in ROWS:
        answer = {"status": "error", "message": "no such order"}
        return answer  # AUD612
    answer = {"row": ROWS[number]}
    return answer


@app.get("/failed/{number}")
def failed(number: int):
    try:
        return {"row": ROWS[number]}
    except Exception as error:
        return error_response(str(error))


@app.get("/validations/{number}")
def known(number: int):
    return orders.validate(number)


@app.get("/counts")
def counts():
    return orders.count()


@app.post("/archive")
def archived():
    return archive(None)


@app.post("/drops/{number}")
def dropped(number: int):
    return drop(number)


@app.get("/looks/{number}")
def looks(number: int):
    return look(number)
