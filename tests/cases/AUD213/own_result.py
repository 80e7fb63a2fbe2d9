"""What a function has just written it reads itself: nobody meets half of it."""

import json


class Publication:
    def publish(self, release, folder):
        self.release_path = f"{folder}/Release"
        with open(self.release_path, "w") as file:
            json.dump(release, file)
        with open(self.release_path, "rb") as file:
            return file.read()

    def count(self):
        with open(self.count_path) as file:
            number = json.load(file)
        with open(self.count_path, "w") as file:  # AUD213
            json.dump(number + 1, file)
