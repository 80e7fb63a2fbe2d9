import boto3


class Downloads:
    """Made for one download each."""

    def __init__(self):
        self.region = "eu-central-1"

    def fetch(self, name, path):
        boto3.resource("s3", region_name=self.region).Bucket("samples").download_file(name, path)


class Uploads:
    """Kept by what uses it."""

    def __init__(self):
        self.region = "eu-central-1"

    def send(self, name, path):
        boto3.resource("s3", region_name=self.region).Bucket("samples").upload_file(path, name)  # AUD202
