"""The probes that look at what the code leans on: other services, vendors, messages, its layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.project.probes.conftest import values

if TYPE_CHECKING:
    from tests.core.project.probes.conftest import Ask


# http-clients


@pytest.mark.parametrize(
    ("path", "code", "bare"),
    [
        ("a.py", "import requests\nrequests.get(url)\n", 1),
        ("a.py", "import requests\nrequests.get(\n    url,\n    timeout=3,\n)\n", 0),
        ("a.py", "import requests\nrequests.get(url, timeout=None)\n", 1),
        ("a.py", "import requests\nrequests.get(url, **options)\n", 0),
        ("a.py", "s = requests.Session()\nself.session.post(url)\n", 1),
        ("a.py", "import httpx\nhttpx.get(url)\n", 0),
        ("a.py", "import httpx\nc = httpx.AsyncClient(timeout=None)\n", 1),
        ("a.py", "import aiohttp\naiohttp.ClientSession()\n", 0),
        ("a.py", "import urllib.request\nurllib.request.urlopen(url)\n", 1),
        ("a.ts", "const r = await fetch(url);\n", 1),
        ("a.ts", "await fetch(url, { signal: AbortSignal.timeout(1000) });\n", 0),
        ("a.ts", "await axios.get(url);\n", 1),
        ("a.ts", "await axios.get<User>(url, { timeout: 500 });\n", 0),
        ("a.ts", "axios.defaults.timeout = 5;\nawait axios.get(url);\n", 0),
        ("a.ts", "import got from 'got';\nawait got(url);\n", 1),
        ("a.ts", "import ky from 'ky';\nawait ky.get(url);\n", 0),
        ("a.go", 'import "net/http"\nfunc f() { http.Get(u) }\n', 1),
        ("a.go", "var c = &http.Client{Timeout: time.Second}\n", 0),
        ("a.go", "var c = &http.Client{}\n", 1),
        ("A.java", "RestTemplate t = new RestTemplate();\n", 1),
        ("A.java", "var c = new OkHttpClient();\n", 0),
        ("A.java", "var c = HttpClient.newHttpClient();\n", 1),
        ("A.java", "WebClient.create(u); x.timeout(Duration.ofSeconds(1));\n", 0),
        ("a.kt", "import io.ktor.client.*\nval c = HttpClient(CIO) { }\n", 1),
        ("a.rs", "let r = reqwest::get(u).await?;\n", 1),
        ("a.rs", "let c = reqwest::Client::builder().timeout(d).build();\n", 0),
        ("a.rb", "Net::HTTP.get(uri)\n", 0),
        ("a.php", "<?php\nuse GuzzleHttp\\Client;\n$c = new Client(['timeout' => 2]);\n", 0),
        ("a.php", "<?php\ncurl_exec($c);\n", 1),
        ("a.cs", "var c = new HttpClient();\n", 0),
    ],
)
def test_a_call_over_http_ends_by_itself_or_not(ask: Ask, path: str, code: str, bare: int) -> None:
    evidence = ask("http-clients", {path: code})
    assert values(evidence) == {"calls": 1, "without_timeout": bare, "retries": False}
    assert evidence.facts[0].text.startswith("no time-out: ") == bool(bare)
    assert evidence.facts[0].path == path


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", "# requests.get(url)\nx = 'requests.get(url)'\nsession.get(User, 1)\n"),
        ("a.py", "client.get('key')\ndef urlopen(x): ...\n"),
        ("a.ts", "repo.fetch(id);\nfunction fetch(url) {}\nmap.get(k);\n"),
        ("web/frontend/a.ts", "await fetch(url);\n"),
        ("a.tsx", "await fetch(url);\n"),
        ("a.go", "store.Get(k)\n"),
    ],
)
def test_what_only_looks_like_a_call_is_none(ask: Ask, path: str, code: str) -> None:
    evidence = ask("http-clients", {path: code})
    assert values(evidence) == {"calls": 0, "without_timeout": 0, "retries": False}
    assert evidence.found == "no call to another service over HTTP found in the code"


def test_a_client_that_is_only_imported_is_no_sign_of_no_call(ask: Ask) -> None:
    evidence = ask("http-clients", {"a.py": "import requests\nclass S(Wrapped): ...\n"})
    assert values(evidence) == {"calls": 1, "retries": False}
    assert evidence.confidence == "low"
    assert evidence.facts[0].place == "a.py:1"


def test_retries_show_by_their_package_or_their_call(ask: Ask) -> None:
    manifest = '[project]\ndependencies = ["tenacity"]\n'
    evidence = ask("http-clients", {"a.py": "x = 1\n", "pyproject.toml": manifest})
    assert values(evidence)["retries"] is True
    assert [fact.place for fact in evidence.facts] == ["pyproject.toml:2"]
    code = "import requests\nrequests.get(u, headers={'password': 'hunter22'})\nRetry(total=3)\n"
    evidence = ask("http-clients", {"a.py": code})
    assert values(evidence)["retries"] is True
    assert not any("hunter22" in fact.text for fact in evidence.facts)


def test_retries_show_in_the_configuration_of_a_gateway(ask: Ask) -> None:
    call = "RestTemplate t = new RestTemplate();\n"
    pom = "<project><dependencies><dependency><groupId>io.github.resilience4j</groupId>"
    pom += "<artifactId>resilience4j-micrometer</artifactId></dependency></dependencies></project>"
    evidence = ask("http-clients", {"A.java": call, "pom.xml": pom})
    assert values(evidence)["retries"] is False
    routes = "spring.cloud.gateway.default-filters:\n  - name: Retry\n"
    evidence = ask("http-clients", {"A.java": call, "application.yml": routes})
    assert values(evidence)["retries"] is True


# slow-in-request


@pytest.mark.parametrize(
    ("path", "code", "line"),
    [
        ("a.py", "@router.post('/x')\nasync def x():\n    send_mail(a)\n    return 1\n", 3),
        ("a.py", "@app.get(\n    '/x',\n    tags=['a'],\n)\ndef x():\n    requests.get(u)\n", 6),
        ("a.py", "def detail(request, id):\n    HTML(string=s).write_pdf()\n", 2),
        ("a.py", "class V(APIView):\n    def post(self, request):\n        Image.open(f)\n", 3),
        ("a.ts", "app.post('/x', async (req, res) => {\n  await mailer.sendMail(m);\n});\n", 2),
        ("a.ts", "class A {\n  @Get('x')\n  async x() {\n    await fetch(u);\n  }\n}\n", 4),
        ("a.js", "exports.x = (req, res) => {\n  sharp(f).resize(1);\n};\n", 2),
        (
            "A.java",
            "class A {\n  @PostMapping(\"/x\")\n  X x() {\n    mailSender.send(m);\n  }\n}\n",
            4,
        ),
        ("a.go", "func x(w http.ResponseWriter, r *http.Request) {\n\thttp.Get(u)\n}\n", 2),
        ("app/controllers/x_controller.rb", ("class X\n  def show\n"
            "    Net::HTTP.get(u)\n  end\nend\n"), 3),
        ("XController.php", ("<?php\nclass X {\n"
            "    public function show() {\n        Http::get($u);\n    }\n}\n"), 4),
        ("a.cs", ("class X {\n    [HttpGet(\"x\")]\n    public X Get() {\n"
            "        _httpClient.GetAsync(u);\n    }\n}\n"), 4),
        ("a.rs", "#[get(\"/x\")]\nasync fn x() {\n    reqwest::get(u);\n}\n", 3),
    ],
)  # fmt: skip
def test_slow_work_in_a_handler_is_a_suspect(ask: Ask, path: str, code: str, line: int) -> None:
    evidence = ask("slow-in-request", {path: code})
    assert values(evidence) == {"suspects": 1}
    assert [fact.place for fact in evidence.facts] == [f"{path}:{line}"]


@pytest.mark.parametrize(
    "code",
    [
        "@router.post('/x')\ndef x(tasks):\n    tasks.add_task(send_mail, a)\n",
        "@router.post('/x')\ndef x():\n    send_mail.delay(a)\n\ndef y():\n    send_mail(a)\n",
        "@router.post('/x')\ndef x():\n    # send_mail(a)\n    return 'send_mail(a)'\n",
    ],
)
def test_work_that_is_handed_on_or_elsewhere_is_none(ask: Ask, code: str) -> None:
    evidence = ask("slow-in-request", {"a.py": code})
    assert values(evidence) == {"suspects": 0}
    assert evidence.found == "no slow call in 1 request handler, by its shape"


def test_code_without_a_handler_gives_no_answer(ask: Ask) -> None:
    java = '@RequestMapping("/x")\npublic class A {\n}\n'
    evidence = ask("slow-in-request", {"a.py": "def x():\n    send_mail(a)\n", "A.java": java})
    assert evidence.trouble == "no request handler found whose body could be read"


# layers


def test_sql_in_handlers_and_the_longest_of_them_are_told(ask: Ask) -> None:
    code = "@app.get('/x')\ndef x():\n    q = 'SELECT id FROM orders'\n    return run(q)\n"
    code += "\n@app.get('/y')\ndef y():\n    return 1\n"
    evidence = ask("layers", {"a.py": code})
    assert values(evidence) == {"handlers_with_sql": 1, "largest_handler": 3}
    assert evidence.facts[0].place == "a.py:3"
    assert "a.py:2" in [fact.place for fact in evidence.facts]


@pytest.mark.parametrize(
    ("files", "places"),
    [
        (
            {
                "src/shop/orders/a.py": "from shop.billing import b\n",
                "src/shop/billing/b.py": "import os\nfrom ..orders import a\n",
                "src/shop/main.py": "import shop.orders.a, shop.billing.b\n",
            },
            ["src/shop/billing/b.py:2", "src/shop/orders/a.py:1"],
        ),
        (
            {
                "src/orders/a.ts": "import { b } from '../billing/b';\n",
                "src/billing/b.ts": "const a = require('../orders');\n",
                "src/orders/index.ts": "export {}\n",
            },
            ["src/billing/b.ts:1", "src/orders/a.ts:1"],
        ),
        (
            {
                "src/orders/a.ts": "import { b } from '@/billing/b';\n",
                "src/billing/b.ts": "import { a } from '@/orders/a';\n",
            },
            ["src/billing/b.ts:1", "src/orders/a.ts:1"],
        ),
        (
            {
                "go.mod": "module example.org/shop\n",
                "orders/a.go": ('package orders\n\nimport (\n\t"fmt"\n'
                    '\t"example.org/shop/billing"\n)\n'),
                "billing/b.go": ('package billing\n\n'
                    'import "example.org/shop/orders"\nfunc f() {}\n'),
            },
            ["billing/b.go:3", "orders/a.go:5"],
        ),
        (
            {
                "src/main/java/org/shop/orders/A.java": ("package org.shop.orders;\nimport org.sho"
                    "p.billing.B;\n"),
                "src/main/java/org/shop/billing/B.java": ("package org.shop.billing;\nimport static"
                    " org.shop.orders.A.f;\n"),
            },
            ["src/main/java/org/shop/billing/B.java:2", "src/main/java/org/shop/orders/A.java:2"],
        ),
        (
            {
                "app/Orders/A.php": "<?php\nnamespace App\\Orders;\nuse App\\Billing\\B;\n",
                "app/Billing/B.php": "<?php\nnamespace App\\Billing;\nuse App\\Orders\\A;\n",
            },
            ["app/Billing/B.php:3", "app/Orders/A.php:3"],
        ),
    ],
)  # fmt: skip
def test_folders_that_import_each_other_are_a_circle(
    ask: Ask, files: dict[str, str | bytes], places: list[str]
) -> None:
    evidence = ask("layers", files)
    assert values(evidence) == {"cycles": 1}
    assert sorted(fact.place for fact in evidence.facts if fact.place) == places
    assert "import each other" in evidence.facts[0].text


def test_imports_that_go_one_way_or_are_for_types_only_are_no_circle(ask: Ask) -> None:
    files: dict[str, str | bytes] = {
        "orders/a.py": "from billing.b import B\nfrom . import c\n",
        "orders/c.py": "x = 1\n",
        "billing/b.py": "if TYPE_CHECKING:\n    from orders.a import A\n\nimport json\n",
        "web/a.ts": "import type { B } from '../lib/b';\n",
        "lib/b.ts": "import { A } from '../web/a';\nimport x from 'x';\n",
        "tests/test_a.py": "import orders.a\n",
    }
    evidence = ask("layers", files)
    assert values(evidence) == {"cycles": 0}
    assert evidence.found == "no circle of folders that import each other"


def test_without_handlers_and_imports_nothing_can_be_said(ask: Ask) -> None:
    evidence = ask("layers", {"a.py": "import os\n"})
    assert evidence.trouble.startswith("no request handler, and no import")


# vendors


def test_vendors_are_counted_with_the_files_that_import_them(ask: Ask) -> None:
    evidence = ask(
        "vendors",
        {
            "pyproject.toml": '[project]\ndependencies = ["stripe>=1", "boto3", "fastapi"]\n',
            "a.py": "import stripe\nimport stripe.error\n",
            "b.py": "from stripe import Charge\nimport boto3\n",
            "c.py": "import stripes\nimport azure.identity\n",
        },
    )
    assert values(evidence) == {"sdks": 2, "top_spread": 2}
    assert evidence.found == "2 vendors: Stripe, AWS; 2 files import Stripe"
    assert [fact.place for fact in evidence.facts] == [
        "pyproject.toml:2", "pyproject.toml:2", "a.py:1", "b.py:1",
    ]  # fmt: skip


def test_a_scoped_package_and_a_go_module_are_vendors_too(ask: Ask) -> None:
    files: dict[str, str | bytes] = {
        "package.json": '{"dependencies": {"@aws-sdk/client-s3": "3"}, '
        '"devDependencies": {"stripe": "1"}}',
        "a.ts": "import { S3Client } from '@aws-sdk/client-s3';\n",
        "go.mod": "module x\nrequire github.com/stripe/stripe-go/v76 v76.1.0\n",
        "b.go": 'package b\n\nimport "github.com/stripe/stripe-go/v76"\n',
    }
    assert values(ask("vendors", files)) == {"sdks": 2, "top_spread": 1}


def test_a_project_without_vendors_says_so(ask: Ask) -> None:
    files = {"pyproject.toml": '[project]\ndependencies = ["fastapi"]\n', "a.py": "import stripe\n"}
    assert values(ask("vendors", files)) == {"sdks": 0, "top_spread": 0}


def test_without_a_manifest_vendors_are_not_known(ask: Ask) -> None:
    evidence = ask("vendors", {"lib/a.py": "import stripe\n"})
    assert evidence.trouble == "no manifest says what the project is made with"


# messaging


@pytest.mark.parametrize(
    ("packages", "extra", "broker"),
    [
        ("aiokafka", {}, "kafka"),
        ("pika", {}, "rabbitmq"),
        ("nats-py", {}, "nats"),
        ("rq", {}, "redis"),
        ("celery", {"settings.py": "BROKER = 'redis://localhost:6379/0'\n"}, "redis"),
        ("celery", {"settings.py": "BROKER = 'amqp://guest@mq//'\n"}, "rabbitmq"),
        ("celery", {"settings.py": "if url.startswith('sqs://'): pass\n"}, ""),
        ("procrastinate", {}, "database"),
        ("x", {"a.py": 'q = "SELECT id FROM jobs FOR UPDATE SKIP LOCKED"\n'}, "database"),
        ("x", {"a.py": 'q = "DELETE FROM entries WHERE id IN (SELECT 1 SKIP LOCKED)"\n'}, ""),
        ("redis", {}, ""),
    ],
)
def test_the_broker_is_named(
    ask: Ask, packages: str, extra: dict[str, str | bytes], broker: str
) -> None:
    manifest = f'[project]\ndependencies = ["{packages}"]\n'
    evidence = ask("messaging", {"pyproject.toml": manifest, **extra})
    assert values(evidence) == {"broker": broker, "outbox": False, "consumers": 0}
    assert bool(broker) == evidence.found.startswith(f"messages go through {broker or 'x'}")


def test_consumers_and_an_outbox_show_in_the_code(ask: Ask) -> None:
    evidence = ask(
        "messaging",
        {
            "a.py": "@shared_task\ndef f(): ...\n\n@celery_app.task(bind=True)\ndef g(): ...\n",
            "B.java": '  @KafkaListener(topics = "x")\n  void on(String s) {}\n',
            "c.ts": "new Worker('mails', handle);\n// new Worker('x', y)\n",
            "d.ts": "this.worker = new Worker(\n  QUEUE,\n  async (job: Job) => {\n",
            "db/schema.sql": "create table outbox_events (id bigint);\n",
        },
    )
    assert values(evidence) == {"broker": "", "outbox": True, "consumers": 5}
    assert "db/schema.sql:1" in [fact.place for fact in evidence.facts]


def test_workers_and_tasks_of_other_kinds_are_no_consumers(ask: Ask) -> None:
    files = {"a.py": "task = 1\nworker = Worker()\n# outbox\nx.subscribe(y)\nz = 'shoutbox'\n"}
    evidence = ask("messaging", files)
    assert values(evidence) == {"broker": "", "outbox": False, "consumers": 0}
    assert evidence.found == "no message broker found, 0 consumers in the code, no outbox"


def test_an_empty_project_has_no_answer_about_messages(ask: Ask) -> None:
    assert ask("messaging", {"x.txt": "x"}).trouble == "no manifest and no source code to read"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("lib/user.rb", "class X\n  def show\n  end\nend\n"),
        ("a.py", "# @app.get('/x')\nx = 1\n"),
        ("a.py", "@app.get('/x')\n"),
        ("A.java", '@GetMapping("/x"'),
    ],
)
def test_what_begins_like_a_handler_is_none(ask: Ask, path: str, code: str) -> None:
    assert ask("slow-in-request", {path: code}).trouble.startswith("no request handler")


def test_code_that_a_program_wrote_in_long_lines_is_passed_over(ask: Ask) -> None:
    code = "fetch(url);" * 400
    assert values(ask("http-clients", {"a.js": code}))["calls"] == 0
