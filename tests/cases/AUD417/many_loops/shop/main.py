from fastapi import Depends, FastAPI
from shop.models import User
from sqlalchemy.orm import Session

app = FastAPI()


def session_of_turn() -> Session: ...


@app.post("/users")
async def register(email: str, session: Session = Depends(session_of_turn)):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))  # AUD417
        session.commit()
