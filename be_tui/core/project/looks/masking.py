"""Well-known forms of keys and passwords, and how a line is shown without them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """How the secrets of one issuer look."""

    name: str
    signs: tuple[str, ...]
    """Plain texts, one of which every such secret holds."""

    form: str


FORMATS = (
    Format("AWS access key", ("AKIA", "ASIA"), r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    Format(
        "GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        r"\bgh[pousr]_[A-Za-z0-9]{36,}\b",
    ),
    Format("GitHub token", ("github_pat_",), r"\bgithub_pat_[A-Za-z0-9_]{60,}\b"),
    Format("GitLab token", ("glpat-",), r"\bglpat-[A-Za-z0-9_-]{20,}"),
    Format(
        "Slack token",
        ("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-"),
        r"\bxox[abprs]-[A-Za-z0-9-]{20,}",
    ),
    Format(
        "Slack webhook",
        ("hooks.slack.com",),
        r"hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{20,}",
    ),
    Format("Stripe key", ("sk_live_", "rk_live_"), r"\b[rs]k_live_[A-Za-z0-9]{20,}\b"),
    Format("Google key", ("AIza",), r"\bAIza[A-Za-z0-9_-]{35}"),
    Format("SendGrid key", ("SG.",), r"\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,}"),
    Format("npm token", ("npm_",), r"\bnpm_[A-Za-z0-9]{36}\b"),
    Format("PyPI token", ("pypi-AgEIcHlwaS5vcmc",), r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{30,}"),
    Format("API key", ("sk-",), r"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{40,}"),
    Format("Twilio key", ("SK",), r"\bSK[0-9a-f]{32}\b"),
    Format("private key", ("-----BEGIN",), r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"),
)
URL_PASSWORD = Format(
    "password in a URL",
    ("://",),
    r"(?<=://)[^\s:/@\"'<>{}$%]{0,64}:[^\s:/@\"'<>{}$%]{3,128}(?=@)",
)

_ASSIGNED = re.compile(
    r"(?i)((?:password|passwd|secret|token|api_?key|credential)\w*[\"']?\s*(?:=>|[:=])\s*[\"'])"
    r"([^\"']{3,})"
)
_BEARER = re.compile(r"(?i)\b((?:bearer|basic)\s+)[A-Za-z0-9+/=._~-]{12,}")
_ALL = re.compile("|".join(each.form for each in (*FORMATS, URL_PASSWORD)))


def mask(text: str) -> str:
    """Give a line in which whatever looks like a secret is replaced by stars."""
    text = _ALL.sub(lambda match: hidden(match[0]), text)
    text = _ASSIGNED.sub(lambda match: match[1] + "****", text)
    return _BEARER.sub(lambda match: match[1] + "****", text)


def hidden(secret: str) -> str:
    """Give what may be shown of a secret: four characters of a long one, to know it by."""
    return secret[:4] + "****" if len(secret) >= 16 and ":" not in secret else "****"  # noqa: PLR2004
