"""Keys of services, by how they begin."""

from __future__ import annotations

# Keys that services hand out to be published: PostHog's project keys, Stripe's publishable keys.
PUBLISHABLE = ("phc_", "pk_live_", "pk_test_")
