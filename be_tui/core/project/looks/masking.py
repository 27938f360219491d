"""Well-known forms of keys and passwords, and how a line is shown without them."""

from __future__ import annotations

import re

FORMATS: tuple[tuple[str, str, str], ...] = (
    ("AWS access key", " akia asia", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("GitHub token", " ghp_ gho_ ghu_ ghs_ ghr_", r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
    ("GitHub token", " github_pat_", r"\bgithub_pat_[A-Za-z0-9_]{60,}\b"),
    ("GitLab token", " glpat", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("Slack token", " xoxb xoxp xoxa xoxr xoxs", r"\bxox[abprs]-[A-Za-z0-9-]{20,}"),
    ("Slack webhook", " hooks", r"hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{20,}"),
    ("Stripe key", " sk_live_ rk_live_", r"\b[rs]k_live_[A-Za-z0-9]{20,}\b"),
    ("Google key", " aiza", r"\bAIza[A-Za-z0-9_-]{35}"),
    ("SendGrid key", " sg", r"\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,}"),
    ("npm token", " npm_", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("PyPI token", " pypi", r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{30,}"),
    ("OpenAI key", " sk", r"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{40,}"),
    ("Twilio key", " sk", r"\bSK[0-9a-f]{32}\b"),
    ("private key", " begin", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    ("password in a URL", " ://", r"(?<=://)[^\s:/@\"'<>{}$%]{1,64}:[^\s:/@\"'<>{}$%]{3,128}(?=@)"),
)
"""Name, parts of words that begin it (`://` is always looked for), and the form."""

_ASSIGNED = re.compile(
    r"(?i)((?:password|passwd|secret|token|api_?key|credential)\w*[\"']?\s*(?:=>|[:=])\s*[\"'])"
    r"([^\"']{3,})"
)
_BEARER = re.compile(r"(?i)\b((?:bearer|basic)\s+)[A-Za-z0-9+/=._~-]{12,}")
_ALL = re.compile("|".join(form for _, _, form in FORMATS))


def mask(text: str) -> str:
    """Give a line in which whatever looks like a secret is replaced by stars."""
    text = _ALL.sub(lambda match: hidden(match[0]), text)
    text = _ASSIGNED.sub(lambda match: match[1] + "****", text)
    return _BEARER.sub(lambda match: match[1] + "****", text)


def hidden(secret: str) -> str:
    """Give what may be shown of a secret: four characters of a long one, to know it by."""
    return secret[:4] + "****" if len(secret) >= 16 and ":" not in secret else "****"  # noqa: PLR2004
