import json


class State:
    path = "/var/lib/shop/state.json"

    def save(self, state):
        with open(self.path, "w") as file:  # AUD213
            json.dump(state, file)

    def load(self):
        with open(self.path) as file:
            return json.load(file)
