from fastapi import FastAPI

from bus import emit
import mail

app = FastAPI()


@app.post("/orders/{number}")
async def order(number: str):
    await getattr(mail, "send")("localhost", number)
    return {"number": number, "sent": [emit]}
