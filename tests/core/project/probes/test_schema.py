"""The schema, by SQL, by Prisma, and by each ORM's classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.project.probes.conftest import values

if TYPE_CHECKING:
    from tests.core.project.probes.conftest import Ask

SQLALCHEMY = '''\
class Base(DeclarativeBase): ...

class Order(Base):
    """Column("x")"""
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    tenant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tenants.id"), index=True)
    user_id = Column(Integer, ForeignKey("users.id"))
    data = Column(JSONB)
    at = Column(DateTime)
    zoned = Column(DateTime(timezone=True))
    lines: Mapped[list["Line"]] = relationship()
    all_lines: Mapped[list["Line"]]
    name: Mapped[str]
    __table_args__ = (Index("i", "user_id"),)

class User(Base):
    __tablename__ = "users"
    id = Column(BigInteger, primary_key=True)

class Item(SQLModel, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    order_id: int = Field(foreign_key="orders.id")
'''
DJANGO = """\
class Base(models.Model):
    at = models.DateTimeField()
    class Meta:
        abstract = True

class Order(Base):
    organization = models.ForeignKey(Org, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    data = models.JSONField()
    slug = models.CharField(unique=True)
    tags = models.ManyToManyField(Tag)
    class Meta:
        indexes = [models.Index(fields=["user", "slug"])]

class User(models.Model):
    id = models.UUIDField(primary_key=True)

class Form(forms.Form):
    name = forms.CharField()
"""
JAVA = """\
@Entity
@Table(name = "orders", indexes = @Index(columnList = "customer_id"))
public class Order extends Base {
    private static final int X = 1;
    @Id
    @GeneratedValue
    private Long id;
    @ManyToOne
    @JoinColumn(name = "customer_id")
    private Customer customer;
    @ManyToOne
    private Shop shop;
    @OneToMany(mappedBy = "order")
    private List<Line> lines;
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> data;
    @Column(unique = true)
    private String tenantId;
    private LocalDateTime at;
    @Transient
    private int cached;
}
"""
KOTLIN = """\
@Entity
class Customer(
    @Id val id: UUID,
    val name: String,
) {
    val at: OffsetDateTime = now()
}
"""
TYPEORM = """\
@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @ManyToOne(() => Customer)
  customer: Customer;

  @Index()
  @ManyToOne(() => Shop)
  shop: Shop;

  @OneToOne(() => Bill)
  @JoinColumn()
  bill: Bill;

  @Column({ type: 'jsonb' })
  data: object;

  @Column({ unique: true })
  workspaceId: string;

  @CreateDateColumn()
  at: Date;

  other: string;
}

@Entity()
export class Customer {
  @PrimaryGeneratedColumn()
  id: number;
}
"""
PRISMA = """\
datasource db {
  provider = "postgresql"
}
model Order {
  id       String   @id @default(uuid()) // @unique
  user     User     @relation(fields: [userId], references: [id])
  userId   Int
  shop     Shop     @relation(fields: [shopId], references: [id])
  shopId   Int
  data     Json?
  at       DateTime
  zoned    DateTime @db.Timestamptz
  lines    Line[]
  @@index([userId, at(sort: Desc)])
}
model User {
  id     Int    @id @default(autoincrement())
  email  String @unique
  tenantId String
}
model Line {
  a Int
  b BigInt
  @@id([a, b])
}
view Totals {
  id Int
}
"""


@pytest.mark.parametrize(
    ("files", "kind", "expected"),
    [
        (
            {"models.py": SQLALCHEMY},
            "SQLAlchemy",
            {"tables": 3, "foreign_keys": 3, "foreign_keys_without_index": 1, "uuid_keys": 1,
             "int_keys": 1, "bigint_keys": 1, "json_columns": 1, "tenant_share": 33.3,
             "plain_timestamps": 1, "views": 0},
        ),
        (
            {"shop/models.py": DJANGO},
            "Django",
            {"tables": 2, "foreign_keys": 2, "foreign_keys_without_index": 0, "uuid_keys": 1,
             "int_keys": 1, "bigint_keys": 0, "json_columns": 1, "tenant_share": 50.0,
             "plain_timestamps": 0, "views": 0},
        ),
        (
            {"src/Order.java": JAVA, "src/Customer.kt": KOTLIN},
            "JPA",
            {"tables": 2, "foreign_keys": 2, "foreign_keys_without_index": 1, "uuid_keys": 1,
             "int_keys": 0, "bigint_keys": 1, "json_columns": 1, "tenant_share": 50.0,
             "plain_timestamps": 1, "views": 0},
        ),
        (
            {"src/order.entity.ts": TYPEORM},
            "TypeORM",
            {"tables": 2, "foreign_keys": 3, "foreign_keys_without_index": 1, "uuid_keys": 1,
             "int_keys": 1, "bigint_keys": 0, "json_columns": 1, "tenant_share": 50.0,
             "plain_timestamps": 1, "views": 0},
        ),
        (
            {"prisma/schema.prisma": PRISMA},
            "Prisma",
            {"tables": 3, "foreign_keys": 2, "foreign_keys_without_index": 1, "uuid_keys": 1,
             "int_keys": 1, "bigint_keys": 0, "json_columns": 1, "tenant_share": 33.3,
             "plain_timestamps": 1, "views": 1},
        ),
    ],
)  # fmt: skip
def test_tables_are_read_out_of_each_kind_of_source(
    ask: Ask, files: dict[str, str | bytes], kind: str, expected: dict[str, float]
) -> None:
    evidence = ask("schema", files)
    assert values(evidence) == expected
    assert evidence.found.endswith(f"as {kind} says")
    assert evidence.how == ("parsed" if kind == "Prisma" else "heuristic")
    assert all(fact.line for fact in evidence.facts)


def test_migrations_go_in_the_order_that_people_number(ask: Ask) -> None:
    evidence = ask(
        "schema",
        {
            "db/migration/V2__b.sql": "alter table orders add column user_id int references u(id);",
            "db/migration/V1__a.sql": "create table orders (id serial primary key);",
            "db/migration/V10__c.sql": "drop table orders; create table o2 (id uuid primary key);",
            "db/migration/V10__c.down.sql": "drop table o2;",
            "tests/x.sql": "create table other (id int);",
        },
    )
    found = values(evidence)
    assert (found["tables"], found["foreign_keys"], found["uuid_keys"]) == (1, 0, 1)
    assert evidence.facts[0].place == "db/migration/V10__c.sql:1"


def test_what_a_later_file_adds_is_told_with_its_place(ask: Ask) -> None:
    evidence = ask(
        "schema",
        {
            "migrations/1.sql": "CREATE TABLE a (id int PRIMARY KEY);\n\n\n",
            "migrations/2.sql": "ALTER TABLE a ADD COLUMN b int REFERENCES a (id);\n"
            "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES a (id) ON DELETE CASCADE;\n"
            "ALTER TABLE a ADD COLUMN c jsonb;\n",
        },
    )
    assert values(evidence)["foreign_keys"] == 1
    told = {fact.text: fact.place for fact in evidence.facts}
    assert told["a.b: a foreign key without an index"] == "migrations/2.sql:1"
    assert told["a.c: JSON"] == "migrations/2.sql:3"


def test_the_fullest_account_is_taken_and_the_other_told(ask: Ask) -> None:
    files = {"models.py": SQLALCHEMY, "db/schema.sql": "create table a (id int primary key);"}
    evidence = ask("schema", files)
    assert values(evidence)["tables"] == 3
    assert "counted otherwise: SQL: 1 table" in [fact.text for fact in evidence.facts]


def test_a_database_that_indexes_foreign_keys_itself_lacks_none(ask: Ask) -> None:
    files = {
        "schema.sql": "create table a (id int primary key, b_id int references b(id));",
        "compose.yaml": "services:\n  db:\n    image: mysql:8\n",
    }
    found = values(ask("schema", files))
    assert (found["foreign_keys"], found["foreign_keys_without_index"]) == (1, 0)


def test_a_setting_says_how_wide_the_keys_of_django_are(ask: Ask) -> None:
    files = {
        "shop/models.py": DJANGO,
        "shop/settings.py": 'DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"\n',
    }
    found = values(ask("schema", files))
    assert (found["int_keys"], found["bigint_keys"]) == (0, 1)


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "x = 1\n"},
        {"a.py": "# create table x (id int)\nclass A(BaseModel):\n    models: int\n"},
        {"seed.sql": "insert into a values ('create table b');\n-- create table c (id int);\n"},
        {"A.java": "class A {\n  @EntityGraph\n  int x;\n}\n@Entity"},
    ],
)
def test_without_a_table_there_is_no_answer(ask: Ask, files: dict[str, str | bytes]) -> None:
    assert ask("schema", files).trouble.startswith("no table found")
