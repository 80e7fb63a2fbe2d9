from fastapi import HTTPException


class Deny:
    def __init__(self, code):
        self.code = code


class Continue:
    pass


class Grants:
    async def enforce(self, request) -> Deny | None:
        try:
            grant = await self.policies.current(request)
        except Exception:  # AUD302
            return None
        if grant.project != request.project:
            return Deny("project")
        return None

    async def budget(self, request):
        try:
            budget = await self.policies.current(request)
        except Exception:  # AUD302
            return Continue()
        worst = None
        if budget.spent > budget.limit:
            worst = Deny("budget")
        return worst if worst is not None else Continue()

    async def closed(self, request):
        try:
            budget = await self.policies.current(request)
        except Exception:
            return Deny("unknown")
        if budget.spent > budget.limit:
            return Deny("budget")
        return Continue()

    async def documented(self, request):
        """Refuse what costs too much; fails open."""
        try:
            budget = await self.policies.current(request)
        except Exception:
            return None
        if budget.spent > budget.limit:
            return Deny("budget")
        return None


def check_quota(limits, user):
    try:
        quota = limits.of(user)
    except Exception:  # AUD302
        return
    if quota.used > quota.most:
        raise HTTPException(429, "too much")


def is_allowed(policy, user):
    try:
        return policy.level(user) > 3
    except Exception:  # AUD302
        return True


def verify_signature(key, text, signature):
    if not signature:
        return False
    try:
        key.verify(text, signature)
    except Exception:
        return False
    return True


def user_of(request, tokens):
    try:
        user = tokens.user(request.token)
    except Exception:
        return None
    if user.locked:
        raise HTTPException(403, "locked")
    return user
