"""The payment provider, behind two calls."""

import json
import urllib.error
import urllib.request
import uuid
from typing import Protocol

from shop.config import settings
from shop.errors import Rejected


class Gateway(Protocol):
    def charge(self, token: str, cents: int, key: str) -> str: ...

    def refund(self, charge_id: str, cents: int) -> None: ...


class HttpGateway:
    """Talks to the provider; a key makes a repeated charge the same charge."""

    def charge(self, token: str, cents: int, key: str) -> str:
        answer = self._post("/charges", {"token": token, "amount": cents}, key)
        return str(answer["id"])

    def refund(self, charge_id: str, cents: int) -> None:
        self._post(f"/charges/{charge_id}/refunds", {"amount": cents}, str(uuid.uuid4()))

    def _post(self, path: str, body: dict[str, object], key: str) -> dict[str, object]:
        request = urllib.request.Request(
            settings().payment_url + path,
            data=json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {settings().payment_key}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=settings().payment_seconds) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise Rejected(f"the payment was refused ({error.code})") from error
        except OSError as error:
            raise Rejected("the payment provider does not answer") from error


gateway: Gateway = HttpGateway()
