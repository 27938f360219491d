"""The probes that look at what guards a service, how it runs, and what it offers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.core.project.probes.conftest import values

if TYPE_CHECKING:
    from tests.core.project.conftest import Repo
    from tests.core.project.probes.conftest import Ask

# Made here, so that no scanner takes this file for a leak.
AWS = "AKIA" + "Q3EGRHJ7XK2LMN5P"
GITHUB = "ghp_" + "a8Kd0sLq29ZmXc71Vb5nR4tY6uJ3hG2fWe9Q"
STRIPE = "sk_live_" + "51H8sKd9fJ2lQw7eRt6Yu3"
PASSWORD = "h7Gk2" + "mQx9Zp"


# secrets


@pytest.mark.parametrize(
    ("path", "content", "hidden"),
    [
        ("a.py", f'KEY = "{AWS}"\n', AWS),
        ("a.py", f"# {GITHUB}\n", GITHUB),
        ("a.ts", f"const k = '{STRIPE}';\n", STRIPE),
        ("deploy/key.yaml", "key: |\n  -----BEGIN RSA PRIVATE " + "KEY-----\n", ""),
        ("a.py", f'URL = "postgresql://shop:{PASSWORD}@db/shop"\n', PASSWORD),
        ("a.py", f'DB_PASSWORD = "{PASSWORD}"\n', PASSWORD),
        ("a.py", f'config = {{"client_secret": "{PASSWORD}"}}\n', PASSWORD),
        ("A.java", f'String apiKey = "{PASSWORD}";\n', PASSWORD),
        ("application.yml", f"spring:\n  datasource:\n    password: {PASSWORD}\n", PASSWORD),
        ("config.properties", f"db.password={PASSWORD}\n", PASSWORD),
        (".env", f"API_KEY={PASSWORD}\n", PASSWORD),
    ],
)
def test_a_secret_is_suspected_and_never_told(
    ask: Ask, path: str, content: str, hidden: str
) -> None:
    evidence = ask("secrets", {path: content})
    assert values(evidence)["suspects"] == 1
    (fact,) = [each for each in evidence.facts if each.line]
    assert fact.path == path
    if hidden:
        assert hidden not in str(evidence)
        assert "****" in fact.text


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.py", 'KEY = "AKIA' + 'IOSFODNN7EXAMPLE"\n'),
        ("a.py", "password = os.environ['DB_PASSWORD']\n"),
        ("a.py", 'password = "changeme"\npassword_field = "x7Gk2mQx9Zp"\n'),
        ("a.py", 'PASSWORD = "correct horse battery"\nsecret = "${VAULT_SECRET_9}"\n'),
        ("a.py", f'# password = "{PASSWORD}"\n'),
        ("a.py", 'URL = "postgresql://shop:shop@db/shop"\nX = "http://a:80@x"\n'),
        ("application.yml", "password: ${DB_PASSWORD}\napi_key: <your-key-1>\n"),
        (".env.example", f"API_KEY={PASSWORD}\n"),
        ("tests/test_a.py", f'KEY = "{AWS}"\n'),
        ("a.py", "token_name = 'ghp_" + "a" * 36 + "'\n"),
    ],
)
def test_a_placeholder_a_name_and_a_sample_are_no_secret(ask: Ask, path: str, content: str) -> None:
    evidence = ask("secrets", {path: content})
    assert values(evidence)["suspects"] == 0
    assert evidence.found.startswith("no secret found")


def test_a_secret_in_what_was_compiled_is_a_secret(ask: Ask, repo: Repo) -> None:
    repo.write("tsconfig.json", "{}")
    repo.write("src/a.ts", "let a;\n")
    repo.write("dist/config.js", f'exports.SECRET = "{PASSWORD}";\nfetch(url);\n')
    evidence = ask("secrets", repo.root)
    assert evidence.found.startswith("1 place that looks like a secret")
    assert values(ask("http-clients", repo.root))["calls"] == 0


def test_a_tracked_env_file_is_told_and_an_ignored_one_is_not(ask: Ask, repo: Repo) -> None:
    repo.commit({".gitignore": "secret.env\n", ".env": "A=1\n", ".env.example": "A=\n"})
    repo.write("secret.env", "A=1\n")
    repo.write("api/.env", "A=1\n")
    evidence = ask("secrets", repo.root)
    assert values(evidence) == {"suspects": 0, "env_tracked": True, "manager": False}
    assert [(fact.text, fact.path) for fact in evidence.facts] == [("tracked by git", ".env")]
    repo.git("rm", "-q", "--cached", ".env")
    assert values(ask("secrets", repo.root))["env_tracked"] is False


def test_without_git_nobody_knows_what_is_tracked(ask: Ask) -> None:
    evidence = ask("secrets", {".env": "A=1\n"})
    assert "env_tracked" not in values(evidence)
    assert any("tracked files not known" in fact.text for fact in evidence.facts)


@pytest.mark.parametrize(
    "files",
    [
        {"pyproject.toml": '[project]\ndependencies = ["hvac"]\n'},
        {"k8s/s.yaml": "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\n"},
        {".sops.yaml": "creation_rules: []\n"},
        {"a.py": "boto3.client('secretsmanager')\n"},
    ],
)
def test_a_secret_manager_shows(ask: Ask, files: dict[str, str | bytes]) -> None:
    evidence = ask("secrets", files)
    assert values(evidence)["manager"] is True
    assert "a secret manager is there" in evidence.found


# auth


def test_ways_to_know_a_caller_show_by_packages_and_code(ask: Ask) -> None:
    evidence = ask(
        "auth",
        {
            "pyproject.toml": '[project]\ndependencies = ["pyjwt", "casbin"]\n',
            "a.py": "token = jwt.encode(claims, key)\nif user.role == 'admin': ...\n",
            "b.py": "@RolesAllowed('editor')\nhas_role('ADMIN')\napp.add(SessionMiddleware)\n",
            "c.py": "class Role(StrEnum):\n    OWNER = 'owner'\n    ADMIN = 'admin'\n\nX = 1\n",
            "D.java": "public enum Role { VIEWER, EDITOR }\n",
            "e.py": "url = f'{issuer}/.well-known/openid-configuration'\n",
            "f.py": "context = CryptContext(schemes=['bcrypt'])\n",
        },
    )
    assert values(evidence) == {
        "jwt": True,
        "sessions": True,
        "oidc": True,
        "password_hash": "bcrypt",
        "roles": 4,
        "policy_engine": True,
    }
    assert "roles: admin, editor, owner, viewer" in evidence.found


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"a.py": "hashlib.md5(password.encode())\n"}, "weak"),
        ({"a.ts": "createHash('sha256').update(password)\n"}, "weak"),
        ({"a.py": "hashlib.md5(password)\nbcrypt.hashpw(password, salt)\n"}, "bcrypt"),
        ({"a.py": "hashlib.scrypt(password)\n"}, "scrypt"),
        ({"a.py": "hashlib.pbkdf2_hmac('sha256', password, salt, 1)\n"}, "pbkdf2"),
        ({"a.go": "argon2.IDKey(p, s, 1, 2, 3, 4)\n"}, "argon2"),
        ({"a.rb": "class User\n  has_secure_password\nend\n"}, "bcrypt"),
        ({"pyproject.toml": '[project]\ndependencies = ["argon2-cffi"]\n'}, "argon2"),
        ({"pyproject.toml": '[project]\ndependencies = ["django"]\n'}, "pbkdf2"),
        (
            {
                "a.py": 'PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher",\n'
                '"django.contrib.auth.hashers.BCryptPasswordHasher",\n]\n'
            },
            "scrypt",
        ),
        ({"a.py": "hashlib.md5(body).hexdigest()\n# bcrypt.hashpw(p)\n"}, ""),
        ({"a.py": "key = PBKDF2HMAC(algorithm=h, length=32, salt=s, iterations=n)\n"}, ""),
        ({"a.py": 'X = ["django.contrib.auth.hashers.BCryptPasswordHasher"]\n'}, ""),
    ],
)
def test_the_password_hash_is_named(ask: Ask, files: dict[str, str | bytes], kind: str) -> None:
    evidence = ask("auth", files)
    assert values(evidence)["password_hash"] == kind
    assert bool(evidence.facts) == bool(kind)


def test_a_project_without_callers_has_nothing_of_it(ask: Ask) -> None:
    evidence = ask(
        "auth", {"a.py": "role = None\nx = 'jwt'\nroles = 3\n", "b.tsx": '<a role="x"/>\n'}
    )
    assert not any(values(evidence).values())
    assert evidence.found == "no authentication found; password hash: none found; roles: none found"
    assert evidence.confidence == "low"


def test_the_role_of_a_message_to_a_language_model_is_none_of_a_caller(ask: Ask) -> None:
    code = 'm = ChatMessage(role="user", text=t)\nn = dict(role="system", content=t)\n'
    assert values(ask("auth", {"a.py": code}))["roles"] == 0


def test_a_policy_of_its_own_language_is_an_engine(ask: Ask) -> None:
    evidence = ask("auth", {"a.py": "x\n", "policy/orders.rego": "package orders\n"})
    assert values(evidence)["policy_engine"] is True


# limits


@pytest.mark.parametrize(
    ("measure", "path", "content"),
    [
        ("rate_limited", "pyproject.toml", '[project]\ndependencies = ["slowapi"]\n'),
        ("rate_limited", "settings.py", "X = {'DEFAULT_THROTTLE_CLASSES': []}\n"),
        ("rate_limited", "nginx.conf", "server {\n    limit_req zone=one;\n}\n"),
        (
            "rate_limited",
            "ingress.yaml",
            "annotations:\n  nginx.ingress.kubernetes.io/limit-rps: '5'\n",
        ),
        ("page_cap", "a.py", "def f(limit: int = Query(20, le=100)): ...\n"),
        ("rate_limited", "a.ts", "export const signup = createRateLimit({ max: 5 });\n"),
        ("page_cap", "a.py", "limit = min(limit, 100)\n"),
        ("page_cap", "a.go", "if limit > MaxEntries {\n"),
        (
            "page_cap",
            "a.ts",
            "const q = z.object({\n  perPage: z.coerce\n    .number()\n    .max(9),\n",
        ),
        ("page_cap", "a.ts", "const n = Math.min(query.limit, 50);\n"),
        ("page_cap", "application.yml", "spring.data.web.pageable:\n  max-page-size: 100\n"),
        ("body_cap", "nginx.conf", "client_max_body_size 1m;\n"),
        ("body_cap", "a.ts", "app.use(express.json({ limit: '1mb' }));\n"),
        ("body_cap", "a.go", "r.Body = http.MaxBytesReader(w, r.Body, 1<<20)\n"),
    ],
)
def test_a_limit_shows(ask: Ask, measure: str, path: str, content: str) -> None:
    evidence = ask("limits", {path: content})
    assert {name for name, value in values(evidence).items() if value} == {measure}
    assert evidence.facts[0].path == path


def test_words_about_limits_are_none(ask: Ask) -> None:
    code = "# rate_limit\nlimit = 3\nbody = 1\nsize = len(page)\nx = 'body limit'\n"
    code += "if limit > 0:\nif limit > 1:\n"
    evidence = ask("limits", {"a.py": code, "a.conf": "# client_max_body_size 1m;\n"})
    assert not any(values(evidence).values())
    assert evidence.found == "found: no rate limit, no page cap, no body cap"


@pytest.mark.parametrize("probe", ["auth", "limits"])
def test_nothing_to_read_is_no_answer(ask: Ask, probe: str) -> None:
    assert ask(probe, {"x.txt": "x"}).trouble.startswith("no source code and no manifest")


# runtime


def test_kubernetes_says_how_often_and_how_watched(ask: Ask) -> None:
    evidence = ask(
        "runtime",
        {
            "k8s/api.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n"
            "spec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n"
            "        - image: shop/api:1\n          livenessProbe:\n            httpGet: {}\n"
            "          resources:\n            limits:\n              memory: 1Gi\n"
            "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n"
            "  maxReplicas: 8\n---\napiVersion: v1\nkind: Service\n---\n# nothing\n",
            "k8s/cache.yaml": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: r\n"
            "spec:\n  replicas: 20\n  containers:\n    - image: redis:7\n",
            "k8s/ingress.yaml": "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n"
            "  ingressClassName: nginx\n",
            "application.yml": "hikari:\n  maximum-pool-size: 12\n",
        },
    )
    assert values(evidence) == {
        "replicas": 8,
        "pool": 12,
        "health_checks": True,
        "limits": True,
        "kubernetes": True,
        "gateway": "nginx",
    }
    assert evidence.found.startswith("up to 8 copies, a pool of up to 12 connections")
    assert "k8s/api.yaml:20" in [fact.place for fact in evidence.facts]


def test_a_workload_without_a_number_runs_once(ask: Ask) -> None:
    text = "kind: Deployment\napiVersion: apps/v1\nspec:\n  template: {}\n"
    evidence = ask("runtime", {"a.yaml": text})
    assert values(evidence)["replicas"] == 1
    assert evidence.found.startswith("up to 1 copy, no health checks, no limits")


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("compose.yaml", "services:\n  a:\n    deploy:\n      replicas: 2\n", {"replicas": 2}),
        ("compose.yaml", "services:\n  a:\n    healthcheck:\n", {"health_checks": True}),
        ("compose.yaml", "services:\n  a:\n    mem_limit: 1g\n", {"limits": True}),
        ("compose.yaml", "services:\n  a:\n    image: traefik:3\n", {"gateway": "traefik"}),
        ("chart/values.yaml", "replicaCount: 4\n", {"replicas": 4}),
        ("Dockerfile", "FROM x\nHEALTHCHECK CMD true\n", {"health_checks": True}),
        ("Dockerfile", "FROM x\nHEALTHCHECK NONE\n", {}),
        ("gw.conf", "location / {\n  proxy_pass http://a;\n}\n", {"gateway": "nginx"}),
        ("a.py", "create_engine(url, pool_size=7)\n", {"pool": 7}),
        ("a.go", "db.SetMaxOpenConns(25)\n", {"pool": 25}),
        ("a.ts", "new Pool({ host, max: 9 })\n", {"pool": 9}),
    ],
)
def test_other_files_say_it_too(
    ask: Ask, path: str, content: str, expected: dict[str, object]
) -> None:
    found = {
        name: value for name, value in values(ask("runtime", {path: content})).items() if value
    }
    assert found == expected


@pytest.mark.parametrize(
    "path", ["docker/compose/docker-compose.ci-test.yml", "docker/development/compose.yml"]
)
def test_what_sets_up_a_test_or_a_workplace_runs_no_service(ask: Ask, path: str) -> None:
    content = "services:\n  a:\n    image: nginx:1\n    healthcheck:\n"
    assert ask("runtime", {path: content}).trouble.startswith("no Kubernetes, compose, Docker")


def test_files_that_deploy_nothing_give_no_answer(ask: Ask) -> None:
    files = {"a.yaml": "# kind: Deployment\nreplicas: 3\n", "a.py": "pool = 3\n# pool_size=3\n"}
    assert ask("runtime", files).trouble.startswith("no Kubernetes, compose, Docker")


# api


OPENAPI = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://api.example.org/v2"}],
    "paths": {
        "/orders": {
            "get": {"responses": {"200": {"$ref": "#/components/responses/Orders"}}},
            "post": {
                "deprecated": True,
                "responses": {
                    "400": {
                        "content": {
                            "application/problem+json": {
                                "schema": {"$ref": "#/components/schemas/Problem"}
                            }
                        }
                    },
                    "500": {"content": {"application/json": {"schema": {"properties": {"e": {}}}}}},
                },
            },
        },
        "/paged": {
            "parameters": [{"$ref": "#/components/parameters/Limit"}],
            "get": {"responses": {"200": {"$ref": "#/components/responses/Orders"}}},
        },
        "/orders/{id}": {"get": {"responses": {"200": {"$ref": "#/nowhere"}}}},
        "/broken": 3,
    },
    "components": {
        "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"maximum": 100}}},
        "responses": {
            "Orders": {
                "content": {
                    "application/json": {"schema": {"properties": {"items": {"type": "array"}}}}
                }
            }
        },
    },
}


@pytest.mark.parametrize("name", ["openapi.json", "docs/contract.json", "api.yaml"])
def test_an_openapi_document_is_read(ask: Ask, name: str) -> None:
    # JSON is YAML too; what is written on lines of its own has a line.
    evidence = ask("api", {name: json.dumps(OPENAPI, indent=1)})
    assert values(evidence) == {
        "documents": 1,
        "operations": 4,
        "lists_without_page": 1,
        "deprecated": 1,
        "error_shapes": 2,
        "versioned_paths": True,
        "problem_json": True,
        "graphql": False,
        "grpc": False,
    }
    assert (evidence.how, evidence.confidence) == ("parsed", "high")
    (fact,) = [fact for fact in evidence.facts if "a list without pages" in fact.text]
    assert fact.text.endswith("GET /orders")
    assert fact.line > 1


def test_swagger_two_is_read_too(ask: Ask) -> None:
    text = (
        "swagger: '2.0'\nbasePath: /api\npaths:\n  /orders:\n    get:\n      responses:\n"
        "        200:\n          schema: {type: array}\n"
    )
    found = values(ask("api", {"swagger.yaml": text}))
    assert (found["operations"], found["lists_without_page"]) == (1, 1)
    assert found["versioned_paths"] is False


def test_graphql_and_proto_are_descriptions(ask: Ask) -> None:
    evidence = ask(
        "api",
        {
            "schema.graphql": 'type Query {\n  "[all]"\n  orders: [Order!]!\n'
            "  paged(first: Int @x(a: 1)): [Order]\n  old: Int @deprecated\n}\n"
            "extend type Mutation {\n  pay(id: ID!): Order\n}\ntype Order { lines: [Line] }\n",
            "x.gql": "query Orders { orders { id } }\n",
            "orders.proto": "// service Old { }\nservice Orders {\n"
            "  rpc ListOrders(ListRequest) returns (ListReply);\n"
            "  rpc ListPaged(PagedRequest) returns (ListReply);\n"
            "  rpc Get(X) returns (stream Y) { option deprecated = true; }\n}\n"
            "message ListRequest { string name = 1; }\n"
            "message PagedRequest { int32 page_size = 1; }\n",
            "only.proto": "message A { }\n",
        },
    )
    found = values(evidence)
    assert found["documents"] == 2
    assert found["operations"] == 7
    assert found["lists_without_page"] == 2
    assert found["deprecated"] == 2
    assert (found["graphql"], found["grpc"]) == (True, True)
    assert "error_shapes" not in found
    assert "schema.graphql:3" in [fact.place for fact in evidence.facts]


def test_without_a_description_the_routes_tell(ask: Ask) -> None:
    files = {
        "a.py": "router = APIRouter(prefix='/api/v1')\n@router.get('/orders')\ndef f(): ...\n",
        "b.ts": "app.get('/x', h);\napp.get('setting');\n",
        "c.py": "raise Problem('application/problem+json')\n",
    }
    evidence = ask("api", files)
    assert values(evidence) == {
        "documents": 0,
        "operations": 2,
        "versioned_paths": True,
        "problem_json": True,
        "graphql": False,
        "grpc": False,
    }
    assert (evidence.how, evidence.confidence) == ("heuristic", "low")
    assert evidence.found == "no API description; 2 routes in the code, by their shape"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("openapi.yaml", "openapi: 3.1.0\npaths: {a: [}\n", "it is not YAML (line 2)"),
        ("openapi.json", '{"openapi": "3.1.0",', "it is not JSON"),
        ("openapi.yaml", "openapi: 3.1.0\n" + "#" * (600 << 10), "more than 512 KB of YAML"),
    ],
)
def test_a_description_that_cannot_be_read_is_told(
    ask: Ask, name: str, text: str, says: str
) -> None:
    evidence = ask("api", {name: text, "schema.graphql": "type Query { a: Int }\n"})
    assert values(evidence)["documents"] == 1
    assert any(says in fact.text and fact.path == name for fact in evidence.facts)


@pytest.mark.parametrize(
    ("packages", "code", "measure"),
    [
        ("grpcio", "x\n", "grpc"),
        ("strawberry-graphql", "@strawberry.type\nclass Q: ...\n", "graphql"),
    ],
)
def test_graphql_and_grpc_show_by_their_libraries(
    ask: Ask, packages: str, code: str, measure: str
) -> None:
    manifest = f'[project]\ndependencies = ["{packages}"]\n'
    assert values(ask("api", {"pyproject.toml": manifest, "a.py": code}))[measure] is True


def test_a_graphql_server_of_node_shows_by_its_package(ask: Ask) -> None:
    manifest = '{"dependencies": {"@apollo/server": "4"}}'
    assert values(ask("api", {"package.json": manifest}))["graphql"] is True


def test_documents_of_tests_and_of_other_things_are_no_api(ask: Ask) -> None:
    files = {
        "tests/openapi.json": json.dumps(OPENAPI),
        "api.json": '{"name": "openapi: 3.0"}',
        "config.yaml": "text: |\n  openapi: 3.0.0\nx: 1\n",
        "package.json": '{"openapi": "3.0.0"}',
    }
    assert ask("api", files).trouble.startswith("no API description")
