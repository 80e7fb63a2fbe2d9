from fastapi import FastAPI
from fastapi.responses import JSONResponse

app = FastAPI()


class ShopError(Exception):
    def __init__(self, message, status_code=500, cause=None):
        super().__init__(message)
        self.message = message
        self.status_code = status_code
        self.cause = cause


class StockError(ShopError):
    def __init__(self, text):
        super().__init__(text, 503)


class QuietError(Exception):
    pass


class PlainError(Exception):
    pass


class UnregisteredError(Exception):
    pass


class SometimesError(ShopError):
    pass


@app.exception_handler(ShopError)
async def shop_error(request, exc):
    return JSONResponse(status_code=exc.status_code, content={"error": exc.message})


@app.exception_handler(QuietError)
async def quiet_error(request, exc):
    print(exc)
    return JSONResponse(status_code=500, content={"error": "it failed"})


async def plain_error(request, exc):
    body = {"error": str(exc)}
    return JSONResponse(status_code=500, content=body)


async def sometimes_error(request, exc):
    if exc.status_code >= 500:
        return JSONResponse(status_code=500, content={"error": "it failed"})
    return JSONResponse(status_code=400, content={"error": exc.message})


app.add_exception_handler(PlainError, plain_error)
app.add_exception_handler(SometimesError, sometimes_error)


@app.get("/a")
def field(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise ShopError(f"failed: {error}") from error  # AUD308


@app.get("/b")
def by_a_base(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise StockError(str(error)) from error  # AUD308


@app.get("/c")
def of_another_field(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise ShopError("it failed", cause=str(error)) from error


@app.get("/d")
def a_fixed_answer(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise QuietError(str(error)) from error


@app.get("/e")
def a_text(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise PlainError(f"failed: {error}") from error  # AUD308


@app.get("/f")
def for_nobody(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise UnregisteredError(str(error)) from error


@app.get("/g")
def by_the_status(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise SometimesError(str(error)) from error


@app.get("/h")
def caught_again(session):
    try:
        try:
            return session.execute("select * from orders").all()
        except Exception as error:
            raise ShopError(str(error)) from error
    except ShopError:
        return []


@app.get("/i")
def of_one_class(session):
    try:
        return session.execute("select * from orders").all()
    except KeyError as error:
        raise ShopError(str(error)) from error


def work_of_no_request(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise ShopError(str(error)) from error


def with_a_status(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise ShopError(str(error), 502) from error  # AUD308
