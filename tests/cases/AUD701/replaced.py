"""Values that wait to be replaced, and settings by which others are verified."""

import os

SIGNING_KEY = os.environ.get("PROOF_SECRET", "GENESIS_PROOF_KEY_CHANGE_ME")  # AUD701
VERIFY_TOKEN = os.getenv("WEBHOOK_VERIFY_SECRET", "paper-secret")  # AUD701
NAMED = os.environ.get("SECRET", "SECRET_OF_PRODUCTION")
VERIFY = os.environ.get("VERIFY", "yes")
CLIENT_API_KEY = os.environ.get("SANDBOX_API_KEY", "e2b_0000000000000000")
