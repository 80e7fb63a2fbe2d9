from fastapi import FastAPI, Response
from starlette.middleware.sessions import SessionMiddleware

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key="x", same_site="none", https_only=True)  # AUD915
notes: list[str] = []


@app.post("/notes")
def add(response: Response, text: str) -> None:
    notes.append(text)
    response.set_cookie("access_token", "t", 60, None, "/", None, True, True, "None")  # AUD915


@app.put("/theme")
def theme(response: Response, name: str) -> None:
    # A preference, no login.
    response.set_cookie("theme", name, samesite="none", secure=True)


@app.put("/policy")
def policy(response: Response, policy: str) -> None:
    # Somebody else decides.
    response.set_cookie("session", "t", samesite=policy)
    response.set_cookie("session", "t")


app.add_middleware(SessionMiddleware, secret_key="x")
