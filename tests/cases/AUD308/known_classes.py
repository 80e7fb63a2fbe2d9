from fastapi import FastAPI, HTTPException
from stores import BusyError

app = FastAPI()


def busy(error):
    if isinstance(error, BusyError):
        return HTTPException(status_code=503, detail=str(error))
    return None


def failed(error):
    if isinstance(error, BusyError):
        return HTTPException(status_code=503, detail="busy")
    else:
        return HTTPException(status_code=500, detail=str(error))


@app.get("/orders")
def orders(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        answer = busy(error)
        if answer is not None:
            raise answer
        raise


@app.get("/customers")
def customers(session):
    try:
        return session.execute("select * from customers").all()
    except Exception as error:
        raise failed(error)  # AUD308


async def lifespan(app):
    try:
        app.state.tool = app.state.make()
    except Exception as error:
        raise HTTPException(status_code=500, detail=f"no tool: {error}")
    yield


@app.delete("/orders/{number}")
def delete_order(session, number):
    try:
        session.delete(number)
    except Exception as error:
        if str(error) == f"{number} is unknown":
            raise HTTPException(status_code=404, detail=str(error))
        elif "locked" == str(error):
            raise HTTPException(status_code=409, detail=str(error))
        else:
            raise HTTPException(status_code=500, detail=str(error))  # AUD308


@app.post("/format")
def formatted(text: str, parse_text, format_tree):
    try:
        tree = parse_text(text)
        return {"text": format_tree(tree)}
    except Exception as error:
        raise HTTPException(status_code=400, detail=str(error))


@app.post("/evaluate")
def evaluated(text: str, parse_text, evaluate):
    try:
        return {"value": evaluate(parse_text(text))}
    except Exception as error:
        raise HTTPException(status_code=400, detail=str(error))  # AUD308


@app.get("/orders")
def orders(load, _is_not_found):
    try:
        return load()
    except Exception as error:
        if _is_not_found(error):
            raise HTTPException(status_code=400, detail=f"there is no {error}")
        raise HTTPException(status_code=500, detail=f"failed: {error}")  # AUD308


@app.post("/orders")
def add(body: bytes, deserialize):
    try:
        order = deserialize(body)
    except Exception as error:
        raise HTTPException(status_code=400, detail="invalid: " + str(error))
    return order
