# ruff: noqa: RUF001
"""Languages that programs are documented in, beside English: how they say what a failure comes to."""

from __future__ import annotations

import re

from flake8_auditrules.patterns import pattern

# Chinese, Japanese, Korean, Russian, German, French, Spanish and Portuguese: a failure, and near it what is given.
FAILURES = pattern(
    r"(?:失败|失敗|出错|出錯|异常|異常|错误时|錯誤時|エラー|例外|不可用|无法)[^。\n]{0,16}?"
    r"(?:返回|回傳|返す|返却|为空|為空|忽略|跳过|跳過|不影响|不影響|不抛|不拋|降级|降級|回退|\bNone\b|\[\]|\{\})"
    r"|(?:返回|回傳|返す|不影响|不影響|不抛出?|降级|降級)[^。\n]{0,16}?(?:失败|失敗|出错|出錯|异常|異常|エラー|例外)"
    r"|실패\s*(?:시|하면)|오류\s*(?:시|가)|에러\s*(?:시|가)"
    r"|\bпри (?:\w+ )?(?:ошибк|сбо|неудач)\w*|\bв случае (?:ошибк|сбо|неудач)\w*|\bесли не (?:удалось|получилось)"
    r"|\bbei (?:einem |einer |jedem )?(?:Fehlern?|Ausfall|Problemen)\b|\bim Fehlerfall\b"
    r"|\ben cas d(?:e |'|’)(?:erreur|échec|panne)"
    r"|\b(?:en caso de|ante) (?:un )?(?:error|fallo)\b|\bsi (?:algo )?falla\b"
    r"|\bem caso de (?:erro|falha)\b|\bse (?:algo )?falhar\b",
    re.IGNORECASE,
)
