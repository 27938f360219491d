"""The first example that be-tui was asked for, held against a service that runs: accounts.

What was asked for: five operations under `/api/v1/users`, checked bodies, a table, passwords that
are hashed, 201 with `Location`, pages, no hash in any answer, limits on registration. Where better
is known today, that is held instead: Argon2id, length rather than composition, problems as RFC 9457
has them, cursors, keys that do not run out and tell no number, instants with a zone, one index on
e-mail, and one account however an address is written.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import psycopg

from be_tui.core.databases.served import free_port
from be_tui.core.scaffold.proving.processes import Place, serving
from be_tui.core.scaffold.proving.trying import Running

if TYPE_CHECKING:
    from collections.abc import Mapping

USERS = "/api/v1/users"
PASSWORD = "correct horse battery staple"
SHOWN = {"id", "email", "name", "role", "created_at", "updated_at"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a request was answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> dict[str, Any]:
        """Give the object that it is."""
        found = json.loads(self.text)
        assert isinstance(found, dict)
        return found

    def problem(self, status: int) -> dict[str, Any]:
        """Give the problem that it must be."""
        assert self.status == status, self
        assert self.headers["content-type"].startswith("application/problem+json")
        found = self.json
        assert found["status"] == status
        assert found["type"]
        assert found["title"]
        return found


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who registered."""

    id: str
    email: str
    etag: str
    body: dict[str, Any]
    token: str = ""


@dataclass(frozen=True, slots=True)
class Api:
    """The service as its callers see it."""

    url: str

    def ask(
        self,
        method: str,
        path: str,
        sent: object = None,
        token: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Told:
        """Send one request, JSON where it is no text already."""
        given = {"Accept": "application/json, application/problem+json", **(headers or {})}
        if token:
            given["Authorization"] = f"Bearer {token}"
        body = sent if isinstance(sent, str) or sent is None else json.dumps(sent)
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        try:
            data = None if body is None else body.encode()
            connection.request(method, path, data, given)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            text = answer.read().decode()
        finally:
            connection.close()
        for told in (PASSWORD, "password_hash", "$argon2", "Traceback", "SQLSTATE"):
            assert told not in text, "nothing of a password or of the inside is ever told"
        return Told(answer.status, found, text)

    def registered(self, name: str = "Ada", password: str = PASSWORD) -> Account:
        """Register somebody new."""
        email = f"{name.lower()}-{secrets.token_hex(6)}@example.com"
        sent = {"email": email, "password": password, "name": name}
        told = self.ask("POST", USERS, sent)
        assert told.status == 201, told
        assert urlsplit(told.headers["location"]).path == f"{USERS}/{told.json['id']}"
        return Account(told.json["id"], email, told.headers["etag"], told.json)

    def signed_in(self, email: str, password: str = PASSWORD) -> str:
        """Sign in, and give the token."""
        told = self.ask("POST", "/api/v1/sessions", {"email": email, "password": password})
        assert told.status == 201, told
        return str(told.json["access_token"])

    def member(self, name: str = "Ada") -> Account:
        """Give somebody who is signed in."""
        one = self.registered(name)
        return Account(one.id, one.email, one.etag, one.body, self.signed_in(one.email))


def holds(running: Running) -> None:
    """Hold the example, point by point."""
    api = Api(running.url)
    settings = running.place.environment
    admin = api.signed_in(settings["ADMIN_LOGIN"], settings["ADMIN_PASSWORD"])
    one_registers(api)
    bodies_are_checked(api)
    passwords_are_long_not_odd(api)
    an_address_is_one_account(api)
    sign_in_tells_no_one_who_is_there(api)
    a_row_is_read_by_those_who_may(api, admin)
    pages_neither_skip_nor_repeat(api, admin)
    a_change_changes_what_is_sent(api)
    a_deleted_account_is_gone(api, admin)
    the_table_is_as_it_should_be(settings["DATABASE_URL"])
    registration_is_limited(running)


def one_registers(api: Api) -> None:
    ada = api.registered()
    assert set(ada.body) == SHOWN
    assert (ada.body["email"], ada.body["name"], ada.body["role"]) == (ada.email, "Ada", "member")
    assert UUID(ada.id).version == 7
    for name in ("created_at", "updated_at"):
        assert datetime.fromisoformat(ada.body[name]).tzinfo is not None
    chosen = {"email": f"x{ada.email}", "password": PASSWORD, "name": "Eve", "role": "admin"}
    api.ask("POST", USERS, chosen).problem(403)
    key, again = secrets.token_hex(8), {"email": f"y{ada.email}", "password": PASSWORD, "name": "B"}
    first, second = (
        api.ask("POST", USERS, again, headers={"Idempotency-Key": key}) for _ in range(2)
    )
    assert (first.status, second.status) == (201, 201)
    assert first.json["id"] == second.json["id"]


def bodies_are_checked(api: Api) -> None:
    sound = {"email": "bo@example.com", "password": PASSWORD, "name": "Bo"}
    wrong: list[tuple[str, object]] = [
        ("email", None),
        ("email", "bo"),
        ("email", "bo@"),
        ("email", f"{'b' * 250}@example.com"),
        ("password", "short pass"),
        ("password", "p" * 129),
        ("name", ""),
        ("name", "n" * 201),
        ("name", 7),
        ("role", "root"),
        ("admin", True),
    ]
    for member, value in wrong:
        told = api.ask("POST", USERS, {**sound, member: value}).problem(422)
        assert {each["pointer"] for each in told["errors"]} == {f"/{member}"}, (member, told)
    for member in sound:
        left_out = {name: value for name, value in sound.items() if name != member}
        told = api.ask("POST", USERS, left_out).problem(422)
        assert member in told["errors"][0]["pointer"]
    api.ask("POST", USERS, '{"email": ').problem(400)
    api.ask("POST", USERS, "email=bo", headers={"Content-Type": "text/plain"}).problem(415)


def passwords_are_long_not_odd(api: Api) -> None:
    plain = "onlysmallones"
    api.signed_in(api.registered("Plain", plain).email, plain)
    words = "ein langes Kennwort mit Leerzeichen und \u00fc\u2603 darin, " * 2
    api.signed_in(api.registered("Words", words).email, words)
    # bcrypt reads 72 bytes of a password and takes every other end.
    head = "h" * 72
    long = api.registered("Long", f"{head}aaaa")
    api.signed_in(long.email, f"{head}aaaa")
    other = {"email": long.email, "password": f"{head}bbbb"}
    api.ask("POST", "/api/v1/sessions", other).problem(401)


def an_address_is_one_account(api: Api) -> None:
    ada = api.registered()
    again = {"email": ada.email.upper(), "password": PASSWORD, "name": "Ada too"}
    told = json.dumps(api.ask("POST", USERS, again).problem(409)).lower()
    for inside in (ada.id, "constraint", "users_", "duplicate key"):
        assert inside not in told, told
    assert api.signed_in(ada.email.title())


def sign_in_tells_no_one_who_is_there(api: Api) -> None:
    ada = api.registered()
    refused = []
    for email in (ada.email, "nobody-at-all@example.com"):
        told = api.ask("POST", "/api/v1/sessions", {"email": email, "password": "wrong " * 3})
        refused.append({k: v for k, v in told.problem(401).items() if k != "instance"})
    assert refused[0] == refused[1]


def a_row_is_read_by_those_who_may(api: Api, admin: str) -> None:
    ada, eve = api.member(), api.member("Eve")
    path = f"{USERS}/{ada.id}"
    for token in (ada.token, admin):
        told = api.ask("GET", path, token=token)
        assert (told.status, told.json) == (200, ada.body)
        assert told.headers["etag"] == ada.etag
    api.ask("GET", path, token=eve.token).problem(404)
    assert "www-authenticate" in api.ask("GET", path).headers
    api.ask("GET", path).problem(401)
    api.ask("GET", path, token="not.a.token").problem(401)
    known = api.ask("GET", path, token=ada.token, headers={"If-None-Match": ada.etag})
    assert (known.status, known.text) == (304, "")
    api.ask("GET", USERS, token=eve.token).problem(403)


def pages_neither_skip_nor_repeat(api: Api, admin: str) -> None:
    there = {api.registered(f"P{number}").id for number in range(3)}
    seen: list[str] = []
    asked = {"limit": "2"}
    while True:
        told = api.ask("GET", f"{USERS}?{urlencode(asked)}", token=admin)
        assert told.status == 200, told
        assert len(told.json["items"]) <= 2
        assert all(set(each) == SHOWN for each in told.json["items"])
        seen += [each["id"] for each in told.json["items"]]
        if told.json["next_cursor"] is None:
            break
        if "cursor" not in asked:
            # With an offset whoever comes meanwhile pushes the last row onto the next page.
            api.registered("Late")
        asked["cursor"] = told.json["next_cursor"]
    assert len(seen) == len(set(seen))
    assert there <= set(seen)
    for wrong in ("limit=0", "limit=101", "sort=password", "sort=password_hash"):
        assert api.ask("GET", f"{USERS}?{wrong}", token=admin).problem(422)["errors"]
    api.ask("GET", f"{USERS}?cursor=made-up", token=admin).problem(404)


def a_change_changes_what_is_sent(api: Api) -> None:
    ada = api.member()
    path, kind = f"{USERS}/{ada.id}", {"Content-Type": "application/merge-patch+json"}

    def patch(sent: object, etag: str) -> Told:
        return api.ask("PATCH", path, sent, ada.token, {**kind, "If-Match": etag})

    api.ask("PATCH", path, {"name": "Lovelace"}, ada.token, kind).problem(428)
    told = patch({"name": "Lovelace"}, ada.etag)
    assert told.status == 200, told
    moved = ("name", "updated_at")
    assert told.json["name"] == "Lovelace"
    assert {k: v for k, v in told.json.items() if k not in moved} == {
        k: v for k, v in ada.body.items() if k not in moved
    }
    before, after = (datetime.fromisoformat(each["updated_at"]) for each in (ada.body, told.json))
    assert after > before
    patch({"name": "Byron"}, ada.etag).problem(412)
    now = told.headers["etag"]
    patch({"name": None}, now).problem(422)
    patch({"role": "admin"}, now).problem(403)
    patch({"id": ada.id}, now).problem(422)
    new = "another long pass phrase"
    assert patch({"password": new}, now).status == 200
    api.ask("POST", "/api/v1/sessions", {"email": ada.email, "password": PASSWORD}).problem(401)
    assert api.signed_in(ada.email, new)


def a_deleted_account_is_gone(api: Api, admin: str) -> None:
    ada, eve = api.member(), api.member("Eve")
    path = f"{USERS}/{ada.id}"
    api.ask("DELETE", path, token=eve.token, headers={"If-Match": ada.etag}).problem(404)
    api.ask("DELETE", path, token=ada.token).problem(428)
    told = api.ask("DELETE", path, token=ada.token, headers={"If-Match": ada.etag})
    assert (told.status, told.text) == (204, "")
    api.ask("GET", path, token=admin).problem(404)
    api.ask("POST", "/api/v1/sessions", {"email": ada.email, "password": PASSWORD}).problem(401)


def the_table_is_as_it_should_be(url: str) -> None:
    with psycopg.connect(url) as database:
        hashes = database.execute("SELECT password_hash FROM users").fetchall()
        columns = database.execute(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_name = 'users' AND table_schema = current_schema()"
        ).fetchall()
        indexes = database.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'users' AND indexdef ~ 'email'"
        ).fetchall()
    assert all(each[0].startswith("$argon2id$") for each in hashes)
    types: dict[str, str] = dict(columns)
    assert types["id"] == "uuid"
    assert {types[name] for name in ("email", "name", "password_hash")} == {"text"}
    assert {types[name] for name in ("created_at", "updated_at")} == {"timestamp with time zone"}
    assert len(indexes) == 1, indexes
    assert "UNIQUE" in indexes[0][0]


def registration_is_limited(running: Running) -> None:
    """Start the service again with a small limit, and register until it is met."""
    port = free_port()
    more = {"PORT": str(port), "REQUESTS_PER_MINUTE": "5"}
    place = Place(running.place.folder, {**running.place.environment, **more})
    log = place.folder / ".limited.log"
    with serving(running.command, place, log) as process:
        limited = Running(
            f"http://127.0.0.1:{port}", process, running.command, place, running.cancel
        )
        why = limited.wait(300)
        assert not why, (why, log.read_text(encoding="utf-8", errors="replace"))
        api = Api(limited.url)
        # A minute may turn in between, which begins a new share.
        tried = 0
        for told in (api.ask("POST", USERS, {"name": "M"}) for _ in range(100)):
            assert "ratelimit" in told.headers
            if told.status == 429:
                assert told.problem(429)
                assert int(told.headers["retry-after"]) > 0
                break
            told.problem(422)
            tried += 1
        assert 5 <= tried < 100
