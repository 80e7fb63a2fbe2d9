from app.stores import RedisDict

jobs = {}
shared_jobs = RedisDict()
