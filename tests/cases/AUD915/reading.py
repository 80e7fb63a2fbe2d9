from fastapi import FastAPI, Response

app = FastAPI()


@app.get("/notes")
def notes(response: Response) -> list[str]:
    # Nothing is changed by any route.
    response.set_cookie("session", "t", samesite="none", secure=True)
    return []
