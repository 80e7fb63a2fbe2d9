class RedisDict:
    def __setitem__(self, key, value):
        self.write(key, value)

    def __getitem__(self, key):
        return self.read(key)
