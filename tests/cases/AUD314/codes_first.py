from botocore.exceptions import ClientError


def protects(client, name):
    try:
        client.create_protection(Name=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "InvalidParameterException":
            if "Pricing Plan" in str(error):
                return False
        raise


def scans(client):
    try:
        return client.get_configuration()
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationException" and "is disabled" in str(error):
            return None
        raise


def lists(client):
    try:
        return client.list_models()
    except ClientError as error:
        if "no longer available" in str(error):  # AUD314
            return []
        raise
