connections = {}
sessions = {}
members = {}


async def connect(client_id, socket):
    connections[client_id] = socket


async def login(user_id, session):
    sessions[user_id] = session


async def join(user_id, member):
    members[user_id] = member  # AUD504
