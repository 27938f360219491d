"""A query inside a loop is a suspect; before, after or around the loop it is none."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.project.loops import CUSTOMS, queries_in_loops


def _lines(language: str, code: str) -> list[int]:
    data = dedent(code).strip("\n").encode()
    return [remark.line for remark in queries_in_loops("x", language, data)]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("Python", "for order in orders:\n    user = session.get(User, order.user_id)"),
        ("Python", "async for o in orders:\n    if o.open:\n        await db.execute(q)"),
        ("Python", "for o in orders:\n\n    # all\n    User.objects.get(id=o.user_id)"),
        ("Python", "for o in orders:\n    self.user_repository.find_one(o)"),
        ("Python", "for o in orders:\n    rows = cursor.execute(\n        q)"),
        ("TypeScript", "for (const o of orders) {\n  const u = await repo.findOne(o.id);\n}"),
        ("JavaScript", "orders.forEach(async (o) => {\n  await prisma.user.findUnique({})\n})"),
        ("JavaScript", "orders.map(async function (o) {\n  await pool.query(sql)\n})"),
        ("Java", "for (Order o : orders) {\n    userRepository.findById(o.getUser());\n}"),
        ("Java", "orders.forEach(o -> {\n    jdbcTemplate.queryForObject(q);\n});"),
        (
            "Java",
            "orders.findAllByUser(u).stream()\n  .map(o -> {\n    userRepository.save(o);\n  });",
        ),
        ("Kotlin", "orders.map {\n    userRepository.findById(it.user)\n}"),
        ("Go", "for _, o := range orders {\n\trow := s.db.QueryRowContext(ctx, q, o.ID)\n}"),
        ("Rust", "for o in orders {\n    sqlx::query(q).bind(o).fetch_one(&pool).await?;\n}"),
        ("Ruby", "orders.each do |o|\n  User.find(o.user_id)\nend"),
        ("PHP", "foreach ($orders as $o) {\n    User::find($o->user);\n}"),
        ("PHP", "foreach ($orders as $o) {\n    $this->users->findOneBy([]);\n}"),
        ("C#", "foreach (var o in orders)\n{\n    _context.Users.First(u => u.Id == o);\n}"),
        ("C#", "foreach (var o in orders)\n    _userRepository.GetById(o);"),
    ],
)
def test_a_query_in_the_body_of_a_loop_is_a_suspect(language: str, code: str) -> None:
    found = _lines(language, code)
    assert len(found) == 1
    assert found[0] > 1


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("Python", "users = [session.get(User, o.user_id) for o in orders]"),
        ("Python", "users = {\n    session.get(User, o.user_id)\n    for o in orders\n}"),
        ("TypeScript", "await Promise.all(orders.map((o) => userRepo.get(o.id)));"),
        ("Java", "orders.stream().map(o -> userRepository.findById(o.user()));"),
        ("Kotlin", "orders.map { userRepository.findById(it.user) }"),
        ("Ruby", "orders.map { |o| User.find(o.user_id) }"),
        ("C#", "orders.Select(o => _userRepository.Get(o));"),
    ],
)
def test_a_loop_in_one_line_is_a_loop_too(language: str, code: str) -> None:
    assert len(_lines(language, code)) == 1


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("Python", "for order in session.scalars(query):\n    print(order)"),
        ("Python", "user = session.get(User, 1)\nfor order in orders:\n    print(order)"),
        ("Python", "for order in orders:\n    print(order)\nuser = session.get(User, 1)"),
        ("Python", "for order in orders:\n    value = cache.get(order.id)"),
        ("Python", "for url in urls:\n    session.get('https://example.org/' + url)"),
        (
            "Python",
            "for name in names:\n    class A:\n        def f(self):\n            db.execute(q)",
        ),
        ("Python", "def load():\n    session.get(User, 1)\n    for x in xs:\n        pass"),
        ("Python", "for ids in batches:\n    User.objects.filter(pk__in=ids)"),
        ("Python", "for ids in batches:\n    session.scalars(select(A).where(A.id.in_(ids)))"),
        ("Java", "for (List<Long> ids : parts) {\n    repository.findAllById(ids);\n}"),
        ("Python", "names = [user.name for user in session.scalars(query)]"),
        ("TypeScript", "for (const o of await repo.findMany()) {\n  print(o);\n}"),
        ("TypeScript", "const found = await repo.findOne(id);\nfound.items.map((i) => i.name);"),
        ("Java", "for (Order o : repository.findAll()) {\n    print(o);\n}"),
        (
            "Java",
            "a.findByName(name)\n  .map(\n    u -> {\n      userRepository.save(u);\n    });",
        ),
        ("Go", "rows := db.Query(q)\nfor rows.Next() {\n\trows.Scan(&x)\n}"),
        ("Haskell", "for x in xs:\n    session.get(x)"),
    ],
)
def test_a_query_that_runs_once_is_none(language: str, code: str) -> None:
    assert _lines(language, code) == []


def test_two_queries_on_one_line_are_one_suspect() -> None:
    assert _lines("Python", "for x in xs:\n    f(db.execute(a), db.execute(b))") == [2]


def test_only_so_many_queries_of_one_file_are_looked_at() -> None:
    code = "for x in xs:\n" + "    db.execute(a)\n" * 500
    assert len(_lines("Python", code)) == 200


def test_what_no_one_wrote_by_hand_costs_no_time() -> None:
    code = "for x in xs:\n    y = [" + "db.execute(a), " * 20_000 + "]\n"
    assert _lines("Python", code) == [2]
    far = "for x in xs:\n" + "    y = 1\n" * 5000 + "    db.execute(a)\n"
    assert _lines("Python", far) == []


@given(
    st.sampled_from(sorted(CUSTOMS)), st.text(" \n\tforinx:{}()=>.db|session.get(a", max_size=80)
)
def test_any_code_can_be_looked_through(language: str, code: str) -> None:
    data = code.encode()
    for remark in queries_in_loops("x", language, data):
        assert 1 <= remark.line <= data.count(b"\n") + 1
