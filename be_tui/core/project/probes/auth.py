"""How callers are known: tokens, sessions, single sign-on, password hashes, roles."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.looks.model import facts, mark
from be_tui.core.project.packages import asked_for
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import listed

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.looks.model import Sight

_PACKAGES = {
    "jwt": "pyjwt python-jose authlib jwcrypto flask-jwt-extended djangorestframework-simplejwt"
    " fastapi-jwt-auth jsonwebtoken npm:jose express-jwt passport-jwt @nestjs/jwt @fastify/jwt"
    " io.jsonwebtoken:* com.auth0:java-jwt com.nimbusds:nimbus-jose-jwt"
    " org.springframework.boot:spring-boot-starter-oauth2-resource-server"
    " github.com/golang-jwt/jwt github.com/dgrijalva/jwt-go github.com/lestrrat-go/jwx"
    " github.com/go-jose/go-jose gem:jwt firebase/php-jwt lcobucci/jwt tymon/jwt-auth"
    " microsoft.aspnetcore.authentication.jwtbearer system.identitymodel.tokens.jwt joken",
    "sessions": "express-session cookie-session @fastify/session @fastify/secure-session"
    " connect-redis iron-session flask-login flask-session starsessions"
    " org.springframework.session:* github.com/gorilla/sessions github.com/alexedwards/scs"
    " actix-session tower-sessions axum-login devise lucia",
    "oidc": "openid-client passport-openidconnect oidc-client-ts next-auth @auth/core"
    " express-openid-connect mozilla-django-oidc python-keycloak oic pyoidc social-auth-app-django"
    " django-allauth fastapi-azure-auth msal @azure/msal-node"
    " org.springframework.boot:spring-boot-starter-oauth2-client org.keycloak:*"
    " io.quarkus:quarkus-oidc github.com/coreos/go-oidc github.com/zitadel/oidc openidconnect"
    " omniauth_openid_connect omniauth-openid-connect keycloak-connect nest-keycloak-connect"
    " microsoft.identity.web microsoft.aspnetcore.authentication.openidconnect auth0-python"
    " @auth0/nextjs-auth0 @okta/oidc-middleware",
    "argon2": "argon2-cffi argon2 @node-rs/argon2 argon2id de.mkammerer:argon2-jvm pwdlib"
    " isopoh.cryptography.argon2 konscious.security.cryptography.argon2 gem:argon2",
    "bcrypt": "bcrypt bcryptjs @node-rs/bcrypt at.favre.lib:bcrypt org.mindrot:jbcrypt"
    " bcrypt.net-next bcrypt_elixir flask-bcrypt",
    "policy": "casbin pycasbin @casbin/* node-casbin org.casbin:* github.com/casbin/casbin"
    " github.com/open-policy-agent/opa @open-policy-agent/* oso oso-cloud @cerbos/* cerbos"
    " dev.cerbos:* github.com/cerbos/cerbos-sdk-go cedarpy @cedar-policy/* cedar-policy"
    " com.cedarpolicy:* openfga-sdk openfga_sdk @openfga/sdk dev.openfga:*"
    " github.com/openfga/go-sdk authzed @authzed/* com.authzed.api:* github.com/authzed/authzed-go"
    " permit permitio @casl/ability accesscontrol",
}
_JWT = mark(
    "auth.jwt",
    "jwt jwtservice jwtdecoder jsonwebtoken httpbearer bearerauth oauth2resourceserver jwtbearer"
    " addjwtbearer",
    rb"\bjwt\.(?:encode|decode|sign|verify|Parse\w*|NewWithClaims)\(|\bJwtDecoder\b|\bJwtService\b"
    rb"|\boauth2ResourceServer\b|\bAddJwtBearer\(|\bJwts\.\w+\(",
)
_SESSIONS = mark(
    "auth.sessions",
    "sessionmiddleware login_manager loginmanager login_user httpsession express_session"
    " session_store sessioncreationpolicy sessions addsession",
    rb"\bSessionMiddleware\b|\bLoginManager\(|\blogin_user\(|\bHttpSession\b|\bsession_store\b"
    rb"|\bSessionCreationPolicy\.(?:IF_REQUIRED|ALWAYS)\b|\bAddSession\(",
    strings=True,
)
_OIDC = mark(
    "auth.oidc",
    "openid oidc oauth2login openidconnect well openid_configuration issuer_uri issuer",
    rb"\.well-known/openid-configuration|\boauth2Login\(|\bAddOpenIdConnect\(|\bissuer-uri\s*[:=]"
    rb"|scope[\"']?\s*[:=][^\n]{0,40}\bopenid\b",
    strings=True,
    configuration=True,
)
_HASHES = mark(
    "auth.hash",
    "argon2 argon2id argon2passwordhasher passwordhasher bcrypt bcryptpasswordencoder cryptcontext"
    " scrypt scryptsync pbkdf2 pbkdf2_hmac pbkdf2sync pbkdf2passwordhasher pbkdf2passwordencoder"
    " generate_password_hash password_hash make_password password_hashers has_secure_password"
    " generatefrompassword hashpw rfc2898derivebytes argon2passwordencoder",
    # Of a list of Django's hashers the first hashes; the others read what was hashed before.
    rb"(?P<value>\bPASSWORD_HASHERS\s*=\s*[\[(]\s*[\"'][\w.]+"
    rb"|\bargon2(?:id)?\.(?:hash|verify|PasswordHasher|IDKey)|(?<!hashers\.)\bArgon2(?:id)?Password\w+"
    rb"|\bArgon2(?:::|\.)|schemes\s*=\s*\[\s*[\"']argon2|PASSWORD_ARGON2\w*"
    rb"|\bbcrypt\.(?:hash|compare|hashpw|GenerateFromPassword|genSalt)\w*"
    rb"|(?<!hashers\.)\bBCrypt\w*"
    rb"|schemes\s*=\s*\[\s*[\"']bcrypt|PASSWORD_BCRYPT|\bhas_secure_password\b"
    rb"|\bscrypt(?:Sync)?\(|\bscrypt\.Key\(|\bSCryptPasswordEncoder\b|\bhashlib\.scrypt\("
    rb"|\bpbkdf2_hmac\(|\bpbkdf2(?:Sync)?\(|(?<!hashers\.)\b(?!PBKDF2HMAC\b)\w*PBKDF2\w*"
    rb"|\bPbkdf2PasswordEncoder\b|\bpbkdf2\.Key\("
    rb"|\bRfc2898DeriveBytes\b)",
    strings=True,
)
_WEAK = mark(
    "auth.weak",
    "md5 sha1 sha256 sha512 createhash messagedigest getinstance nooppasswordencoder plaintext"
    " sum256 digest",
    rb"\b(?:hashlib\.)?(?:md5|sha1|sha256|sha512)\(\s*[^)\n]{0,40}(?:password|passwd|pwd)\b"
    rb"|\bcreateHash\(\s*['\"](?:md5|sha1|sha256|sha512)['\"]\s*\)\.update\(\s*[^)\n]{0,30}"
    rb"(?:password|passwd|pwd)\b|\b(?:md5|sha1|sha256)\.Sum\w*\(\s*\[\]byte\(\s*\w*[pP]assword"
    rb"|\bNoOpPasswordEncoder\b|\bDigest::(?:MD5|SHA1|SHA256)\.hexdigest\([^)\n]{0,30}password"
    rb"|\bDigestUtils\.(?:md5|sha1|sha256)\w*\(\s*[^)\n]{0,30}[pP]assword",
    strings=True,
)
_ROLE = rb"[A-Za-z][A-Za-z0-9_-]{1,30}"
_ROLES = mark(
    "auth.role",
    "role roles hasrole hasanyrole rolesallowed has_role require_role requirerole requires_role"
    " hasauthority secured authorize user_role userrole is_role",
    rb"\b(?:user_?)?[rR]ole\s*(?:===?|!==?|=)\s*[\"'](?P<value>" + _ROLE + rb")[\"']"
    rb"|\bhas(?:Any)?Role\(\s*[\"'](?P<has>" + _ROLE + rb")"
    rb"|@(?:RolesAllowed|Secured|Roles)\(\s*\{?\s*[\"'](?P<allowed>" + _ROLE + rb")"
    rb"|\b(?:has|requires?|with)_roles?\(\s*\[?\s*[\"'](?P<require>" + _ROLE + rb")"
    rb"|\brequireRoles?\(\s*\[?\s*[\"'](?P<required>" + _ROLE + rb")"
    rb"|\bRoles\s*=\s*\"(?P<authorize>" + _ROLE + rb")",
    stems=(b" role_",),
    strings=True,
)
_ROLE_CLASS = mark(
    "auth.role_class",
    "role roles userrole user_role",
    rb"^[ \t]*(?:export\s+|public\s+)?(?:enum|class|enum class)\s+(?:User|Member|Account)?Roles?\b",
)
_POLICY = mark("auth.policy", "casbin opa rego cedar", rb"\bcasbin\.\w+\(|/v1/data/", strings=True)
_SPOKEN = re.compile(r"\bcontents?[\"']?\s*[=:]|Message\(")
"""The role of a message to a language model, which is no caller's."""

_KINDS = ("argon2", "bcrypt", "scrypt", "pbkdf2")
_DEFAULTS = {"Django": "pbkdf2", "Laravel": "bcrypt"}
"""What these hash passwords with unless told otherwise."""

_LOOKS = (_JWT, _SESSIONS, _OIDC, _HASHES, _WEAK, _ROLES, _ROLE_CLASS, _POLICY)


def take(gathering: Gathering) -> Found:
    """Hold the packages and the code against what authentication looks like."""
    if not gathering.scan.files and not gathering.stack.manifests:
        raise NoAnswer("no source code and no manifest to read")
    sights = gathering.sights
    packages: defaultdict[str, list[Fact]] = defaultdict(list)
    for each in asked_for(gathering.stack.manifests, _PACKAGES):
        packages[each.shows].append(each.fact)
    shown = {
        name: (*packages[name][:2], *facts(sights.of(f"auth.{name}"), 2))
        for name in ("jwt", "sessions", "oidc", "policy")
    }
    shown["policy"] += _rego(gathering)
    hashed, hash_facts = _hash(gathering, packages)
    roles = _roles(gathering)
    told = [name for name, label in _LABELS.items() if shown[label]]
    parts = [listed(told, 4) if told else "no authentication found"]
    parts.append(f"password hash: {hashed or 'none found'}")
    parts.append(f"roles: {listed(sorted(roles), 4) or 'none found'}")
    return Found(
        "; ".join(parts),
        (
            Measure("auth.jwt", bool(shown["jwt"])),
            Measure("auth.sessions", bool(shown["sessions"])),
            Measure("auth.oidc", bool(shown["oidc"])),
            Measure("auth.password_hash", hashed),
            Measure("auth.roles", len(roles)),
            Measure("auth.policy_engine", bool(shown["policy"])),
        ),
        (*(fact for label in _LABELS.values() for fact in shown[label]), *hash_facts,
         *facts(roles.values(), 5)),
        how="heuristic",
        confidence="medium" if told or hashed or roles else "low",
    )  # fmt: skip


_LABELS = {
    "JWT": "jwt",
    "sessions": "sessions",
    "OpenID Connect": "oidc",
    "a policy engine": "policy",
}


def _hash(gathering: Gathering, packages: dict[str, list[Fact]]) -> tuple[str, tuple[Fact, ...]]:
    """Tell how passwords are hashed: what the code calls comes before what it could call."""
    named = gathering.sights.of("auth.hash")
    for kind in _KINDS:
        those = [each for each in named if _means(each, kind)]
        if those:
            return kind, facts(those, 3)
    weak = gathering.sights.of("auth.weak")
    if weak:
        return "weak", facts(weak, 3)
    for kind in ("argon2", "bcrypt"):
        if packages.get(kind):
            return kind, tuple(packages[kind][:2])
    for trait in gathering.stack.of("framework"):
        if trait.name in _DEFAULTS:
            fact = Fact(f"{trait.name} hashes with it by default")
            return _DEFAULTS[trait.name], (fact,)
    return "", ()


def _means(sight: Sight, kind: str) -> bool:
    value = sight.value.lower()
    return kind in value or (kind == "bcrypt" and value == "has_secure_password")


def _roles(gathering: Gathering) -> dict[str, Sight]:
    """Give the role names in the code, each with the first place that names it."""
    found: dict[str, Sight] = {}
    for sight in gathering.sights.of("auth.role"):
        if _SPOKEN.search(sight.text):
            continue
        for name in re.findall(r"[\"']([A-Za-z][A-Za-z0-9_-]{1,30})[\"']", sight.text):
            found.setdefault(name.upper().removeprefix("ROLE_").lower(), sight)
    for sight in gathering.sights.of("auth.role_class"):
        for name in _members(gathering, sight):
            found.setdefault(name.lower(), sight)
    return dict(list(found.items())[:200])


def _members(gathering: Gathering, sight: Sight) -> list[str]:
    """Give the members of an enumeration of roles."""
    data = gathering.checkout.read(sight.path) or b""
    lines = data.decode("utf-8", "replace").splitlines()[sight.line - 1 : sight.line + 40]
    found: list[str] = []
    head, *rest = lines or [""]
    body = [head.partition("{")[2], *rest] if "{" in head or "enum" in head else rest
    for line in body:
        if re.match(r"\s*(?:}|def |class |private|public|constructor|@)", line):
            break
        if found and line.strip() and not line[:1].isspace():
            break
        match = re.match(r"\s*(?:case\s+)?([A-Z][A-Za-z0-9_]{1,30})\s*(?:=|,|;|\(|$)", line)
        if match:
            found += re.findall(r"\b([A-Z][A-Z0-9_]{1,30})\b(?=\s*(?:,|;|=|\(|$))", line) or [
                match[1]
            ]
        if line.rstrip().endswith("}"):
            break
    return found


def _rego(gathering: Gathering) -> tuple[Fact, ...]:
    paths = [path for path in gathering.checkout.files if path.endswith((".rego", ".cedar"))]
    return tuple(Fact("a policy", path) for path in paths[:2])


PROBE = Probe(
    "auth",
    "How are callers known, and what may they do?",
    ("auth.jwt", "auth.sessions", "auth.oidc", "auth.password_hash", "auth.roles",
     "auth.policy_engine"),
    take,
    looks=_LOOKS,
)  # fmt: skip
