async def show(token):
    print(f"your token: {token}")
