from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from sqlalchemy.exc import NoResultFound, SQLAlchemyError
from starlette.applications import Starlette

app = FastAPI()


async def anything(request, exc: Exception):
    return JSONResponse({"error": str(exc)}, status_code=500)  # AUD308


async def of_the_database(request, exc: SQLAlchemyError):
    answer = {"error": "database", "data": {"detail": str(exc)}}
    return JSONResponse(answer, status_code=500)  # AUD308


async def by_status(request, exc):
    return JSONResponse({"error": repr(exc)}, status_code=500)  # AUD308


async def of_no_row(request, exc: NoResultFound):
    return JSONResponse({"error": str(exc)}, status_code=404)


async def of_values(request, exc: ValidationError):
    return JSONResponse({"error": str(exc)}, status_code=422)


async def by_name(request, exc: Exception):
    return JSONResponse({"error": type(exc).__name__}, status_code=500)


async def unregistered(request, exc: Exception):
    return JSONResponse({"error": str(exc)}, status_code=500)


async def in_another_application(request, exc: Exception):
    return JSONResponse({"error": str(exc)}, status_code=500)  # AUD308


app.add_exception_handler(Exception, anything)
app.add_exception_handler(SQLAlchemyError, of_the_database)
app.add_exception_handler(500, by_status)
app.add_exception_handler(NoResultFound, of_no_row)
app.add_exception_handler(ValidationError, of_values)
app.add_exception_handler(KeyError, by_name)
other = Starlette(exception_handlers={Exception: in_another_application})


@app.exception_handler(SQLAlchemyError)
async def decorated(request, exc):
    return await of_the_database(request, exc)  # AUD308


@app.exception_handler(NoResultFound)
async def decorated_for_no_row(request, exc):
    return JSONResponse({"error": str(exc)}, status_code=404)


@app.exception_handler(Exception)
async def by_environment(request, exc):
    if settings.ENVIRONMENT == "dev":
        content = {"error": str(exc)}
    else:
        content = {"error": "it failed"}
    message = f"failed: {exc}" if is_dev() else "failed"
    return JSONResponse({**content, "message": message}, status_code=500)
