"""Django's operations, each turned into the statements that Django makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.djangocolumns import IMMEDIATE, Columns
from be_tui.core.migrations.files.code.djangofields import (
    Field,
    Model,
    default_of,
    made_name,
    type_of,
)
from be_tui.core.migrations.files.code.djangoindexes import Indexes
from be_tui.core.migrations.files.code.djangostate import calls_of, column_of, field_of, together_of
from be_tui.core.migrations.files.code.values import Call, Name, NotStatic, text_in
from be_tui.core.migrations.files.ddl import Ddl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.migrations.files.code.djangostate import State
    from be_tui.core.migrations.files.code.values import Recorder
    from be_tui.core.sqltext import Target

_REBUILT = "on SQLite Django makes the table anew for this change"


class DjangoOps:
    """Records what the operations of one migration do, and keeps the state."""

    def __init__(self, recorder: Recorder, target: Target, state: State) -> None:
        """Record into one script, from a state that it changes."""
        self._to, self._engine, self.state = recorder, target.engine, state
        self.ddl = Ddl(target, always_quoted=True)
        self._indexes = Indexes(self.ddl, target)
        self._columns = Columns(self.ddl, target, state, self._indexes)
        self._deferred: list[_Later] = []
        self._operations: dict[str, Callable[[Call], Iterator[str]]] = {
            "CreateModel": self._create_model,
            "DeleteModel": self._delete_model,
            "RenameModel": self._rename_model,
            "AlterModelTable": self._alter_table,
            "AlterUniqueTogether": self._alter_unique,
            "AlterModelOptions": self._nothing,
            "AlterModelManagers": self._nothing,
            "AlterOrderWithRespectTo": self._unknown,
            "AddField": self._add_field,
            "RemoveField": self._remove_field,
            "AlterField": self._alter_field,
            "RenameField": self._rename_field,
            "AddIndex": self._add_index,
            "AddIndexConcurrently": self._add_index,
            "RemoveIndex": self._remove_index,
            "RemoveIndexConcurrently": self._remove_index,
            "RenameIndex": self._rename_index,
            "AddConstraint": self._add_constraint,
            "AddConstraintNotValid": self._add_constraint,
            "ValidateConstraint": self._validate,
            "RemoveConstraint": self._remove_constraint,
            "CreateExtension": self._extension,
        }
        for name, extension in _EXTENSIONS.items():
            self._operations[name] = self._named_extension(extension)

    def _named_extension(self, name: str) -> Callable[[Call], Iterator[str]]:
        def create(_: Call) -> Iterator[str]:
            yield f'CREATE EXTENSION IF NOT EXISTS "{name}"'

        return create

    def perform(self, call: object) -> None:
        """Record one operation; what it cannot tell is recorded as not read."""
        if not isinstance(call, Call):
            return
        if call.last == "SeparateDatabaseAndState":
            self._separate(call)
        elif call.last == "RunSQL":
            self._run_sql(call)
        elif call.last == "RunPython":
            forward = call.get(0, "code")
            if not (isinstance(forward, Name) and forward.path.endswith("noop")):
                self._to.unknown(
                    "a function of the program: what it does shows when it runs", call.spot
                )
        elif call.last in self._operations:
            try:
                sql = list(self._operations[call.last](call))
            except NotStatic as why:
                self._to.unknown(str(why), call.spot)
            else:
                self._to.call(sql, call.spot)
        else:
            self._to.unknown(f"what `{call.last}` does is not known", call.spot)

    def finish(self) -> None:
        """Record what Django leaves for the end of a migration."""
        for later in self._deferred:
            model = self.state.models.get(later.model)
            # What was made and removed again in one migration leaves nothing to do.
            if model is None or (later.field and model.find(later.field) is None):
                continue
            try:
                self._to.call(later.sql(model), later.call.spot)
            except NotStatic as why:
                self._to.unknown(str(why), later.call.spot)
        self._deferred.clear()
        for model in list(self.state.models.values()):
            self.state.put(
                model.having(tuple(self._columns.called(each, model) for each in model.fields))
            )

    def _nothing(self, _: Call) -> Iterator[str]:
        yield from ()

    def _unknown(self, call: Call) -> Iterator[str]:
        raise NotStatic(f"what `{call.last}` does is not known")

    def _separate(self, call: Call) -> None:
        """Do what is for the database; take what is for the state into the state alone."""
        database = call.get(0, "database_operations") or ()
        state = call.get(1, "state_operations") or ()
        before = dict(self.state.models)
        for each in database if isinstance(database, (list, tuple)) else ():
            self.perform(each)
        self.state.models = before
        self._quietly(state)

    def _quietly(self, operations: object) -> None:
        from be_tui.core.migrations.files.code.values import Recorder

        silent = DjangoOps(Recorder(self._to.text, self._to.target), self._to.target, self.state)
        for each in operations if isinstance(operations, (list, tuple)) else ():
            silent.perform(each)

    def _run_sql(self, call: Call) -> None:
        self._given_sql(call.get(0, "sql"), call)
        self._quietly(call.get(2, "state_operations") or ())

    def _given_sql(self, sql: object, call: Call) -> None:
        if isinstance(sql, Name) and sql.path.endswith("noop"):
            return
        for each in sql if isinstance(sql, (list, tuple)) else [sql]:
            if isinstance(each, str):
                self._to.sql(each, call.spot)
            elif isinstance(each, (list, tuple)) and len(each) == 2 and each[1] is None:  # noqa: PLR2004
                self._given_sql(each[0], call)
            else:
                self._to.unknown("its SQL is known only when it runs", call.spot)

    def _create_model(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(0, "name"), "the model's name")
        given, options = call.get(1, "fields"), call.get(2, "options")
        options = options if isinstance(options, dict) else {}
        fields = []
        for pair in given if isinstance(given, (list, tuple)) else ():
            if not isinstance(pair, (list, tuple)) or len(pair) != 2:  # noqa: PLR2004 (name, field)
                raise NotStatic("a field is known only when it runs")
            fields.append(field_of(pair[0], pair[1], name))
        bases = call.get(3, "bases", ())
        if isinstance(bases, (list, tuple)) and any(isinstance(each, str) for each in bases):
            raise NotStatic("it takes fields over from another model")
        table = options.get("db_table")
        usual = f"{self.state.app}_{name}".lower()
        model = Model(
            self.state.app,
            name,
            tuple(fields),
            table if isinstance(table, str) else usual,
            together_of(options.get("unique_together")),
            calls_of(options.get("indexes")),
            calls_of(options.get("constraints")),
            options.get("managed") is not False and options.get("proxy") is not True,
        )
        self.state.put(model)
        if model.managed:
            yield from self._table(model, call)

    def _table(self, model: Model, call: Call) -> Iterator[str]:
        columns = [each for each in model.fields if each.has_column]
        lines = [
            f"{self.ddl.name(each.column)} {self._columns.definition(each)}" for each in columns
        ]
        if self.ddl.is_mysql:
            lines += [self._columns.unique(model, fields) for fields in model.unique_together]
        lines += [self._indexes.constraint(each, model) for each in model.constraints]
        yield f"CREATE TABLE {self.ddl.name(model.table)} ({', '.join(lines)})"
        if not self.ddl.is_mysql:
            for fields in model.unique_together:
                self._later(model, "", call, partial(self._columns.added_unique, fields))
        for each in columns:
            self._references(each, model, call)
        for each in columns:
            self._index_later(each, model, call)
        for index in model.indexes:
            self._later(model, "", call, partial(self._indexes.create, index))
        for each in model.fields:
            if not each.has_column:
                yield from self._through(each, model, call)

    def _later(self, model: Model, name: str, call: Call, sql: Callable[[Model], str]) -> None:
        """Leave something for the end, when the model may have another table."""
        self._deferred.append(_Later(model.name.lower(), name, call, sql))

    def _index_later(self, field: Field, model: Model, call: Call) -> None:
        for index, _ in enumerate(self._columns.own_index(field, model)):
            self._later(
                model, field.name, call, partial(self._columns.nth_index, field.name, index)
            )

    def _references(self, field: Field, model: Model, call: Call) -> None:
        if field.constrained and self._engine != "sqlite":
            self._later(model, field.name, call, partial(self._columns.foreign_key, field.name))

    def _through(self, field: Field, model: Model, call: Call) -> Iterator[str]:
        """Make the table between two models, where no model of its own stands there."""
        if field.option("through") is not None or field.kind != "ManyToManyField":
            return
        there = self.state.referred(field.call.get(0, "to"))
        keys = []
        for each in (model, there):
            if each.key is None:
                raise NotStatic(f"the key of {each.name} is not known")
            keys.append(each.key)
        own, other = model.name.lower(), there.name.lower()
        if own == other and model.app == there.app:
            own, other = f"from_{own}", f"to_{own}"
        given = field.option("db_table")
        table = given if isinstance(given, str) else f"{model.table}_{field.name}"
        usual = "bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY"
        counted = {"postgresql": usual, "sqlite": "integer NOT NULL PRIMARY KEY AUTOINCREMENT"}
        first = counted.get(self._engine, "bigint AUTO_INCREMENT NOT NULL PRIMARY KEY")
        columns = [f"{own}_id", f"{other}_id"]
        pairs = list(zip(columns, (model, there), keys, strict=True))
        lines = [f"{self.ddl.name('id')} {first}"]
        for column, to, key in pairs:
            line = f"{self.ddl.name(column)} {type_of(key, self._engine)} NOT NULL"
            if self._engine == "sqlite":
                target = f"{self.ddl.name(to.table)} ({self.ddl.name(key.column)})"
                line += f" REFERENCES {target}{IMMEDIATE}"
            lines.append(line)
        quoted = self.ddl.name(table)
        yield f"CREATE TABLE {quoted} ({', '.join(lines)})"
        self._bound(table, pairs, call, field.name)

    def _bound(
        self, table: str, pairs: list[tuple[str, Model, Field]], call: Call, field: str
    ) -> None:
        """Leave the keys, that a pair is unique, and the indexes of a table between two models."""
        quoted = self.ddl.name(table)
        columns = [column for column, _, _ in pairs]
        unique = made_name(table, columns, "_uniq", self._engine)
        if self._engine == "sqlite":
            text = f"CREATE UNIQUE INDEX {self.ddl.name(unique)} ON {quoted} "
            made = [f"{text}({self.ddl.names(columns)})"]
        else:
            text = self.ddl.named(unique, f"UNIQUE ({self.ddl.names(columns)})")
            made = [self.ddl.add_constraint(quoted, text)]
        for column, to, key in pairs:
            name = made_name(table, [column], f"_fk_{to.table}_{key.column}", self._engine)
            tail = "" if self.ddl.is_mysql else IMMEDIATE
            text = self.ddl.foreign_key([column], self.ddl.name(to.table), [key.column])
            if self._engine != "sqlite":
                made.append(self.ddl.add_constraint(quoted, self.ddl.named(name, text + tail)))
        for column in columns if not self.ddl.is_mysql else ():
            index = self.ddl.name(made_name(table, [column], "", self._engine))
            made.append(self.ddl.create_index(index, quoted, [self.ddl.name(column)]))
        owner = pairs[0][1]
        for sql in made:
            self._later(owner, field, call, partial(_same, sql))

    def _delete_model(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "name"))
        del self.state.models[model.name.lower()]
        cascade = self._engine == "postgresql"
        for each in model.fields:
            if each.kind == "ManyToManyField" and each.option("through") is None:
                yield self.ddl.drop_table(
                    self.ddl.name(self._between(model, each)), cascade=cascade
                )
        if model.managed:
            yield self.ddl.drop_table(self.ddl.name(model.table), cascade=cascade)

    def _between(self, model: Model, field: Field) -> str:
        given = field.option("db_table")
        return given if isinstance(given, str) else f"{model.table}_{field.name}"

    def _rename_model(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "old_name"))
        to = text_in(call.get(1, "new_name"), "the new name")
        usual = f"{model.app}_{model.name}".lower()
        table = f"{model.app}_{to}".lower() if model.table == usual else model.table
        if any(each.kind == "ManyToManyField" for each in model.fields):
            raise NotStatic("the tables between it and others are renamed along with it")
        del self.state.models[model.name.lower()]
        self.state.put(replace(model, name=to, table=table))
        for index, later in enumerate(self._deferred):
            if later.model == model.name.lower():
                self._deferred[index] = replace(later, model=to.lower())
        self._follow(model.name, to)
        if table != model.table:
            yield self.ddl.rename_table(self.ddl.name(model.table), self.ddl.name(table))

    def _follow(self, old: str, new: str) -> None:
        """Let foreign keys refer to a model by its new name."""
        names = {old.lower(), f"{self.state.app}.{old}".lower()}
        for model in list(self.state.models.values()):
            fields = []
            for each in model.fields:
                to = each.call.get(0, "to")
                if isinstance(to, str) and to.lower() in names:
                    named = {**each.call.named, "to": f"{self.state.app}.{new}"}
                    each = replace(each, call=replace(each.call, args=(), named=named))  # noqa: PLW2901
                fields.append(each)
            self.state.put(model.having(tuple(fields)))

    def _alter_table(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "name"))
        given = call.get(1, "table")
        table = given if isinstance(given, str) else f"{model.app}_{model.name}".lower()
        now = replace(model, table=table)
        self.state.put(now)
        if table == model.table:
            return
        yield self.ddl.rename_table(self.ddl.name(model.table), self.ddl.name(table))
        for each in model.fields:
            if each.kind == "ManyToManyField" and each.option("through") is None:
                old, new = self._between(model, each), self._between(now, each)
                yield self.ddl.rename_table(self.ddl.name(old), self.ddl.name(new))

    def _alter_unique(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "name"))
        now = together_of(call.get(1, "unique_together"))
        self.state.put(replace(model, unique_together=now))
        if self._engine == "sqlite":
            raise NotStatic(_REBUILT)
        table = self.ddl.name(model.table)
        for fields in model.unique_together:
            if fields not in now:
                columns = [column_of(model, each) for each in fields]
                name = made_name(model.table, columns, "_uniq", self._engine)
                yield self.ddl.drop_constraint(table, name, "unique")
        for fields in now:
            if fields not in model.unique_together:
                yield self._columns.added_unique(fields, model)

    def _add_field(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        field = field_of(call.get(1, "name"), call.get(2, "field"), model.name)
        self.state.put(model.having((*model.fields, field)))
        if not model.managed:
            return
        if not field.has_column:
            yield from self._through(field, model, call)
            return
        default = default_of(field, self._engine)
        if self._engine == "sqlite" and (default is not None or not field.null or field.unique):
            raise NotStatic(_REBUILT)
        table = self.ddl.name(model.table)
        name = self.ddl.name(field.column)
        definition = self._columns.definition(field, default)
        if field.constrained and self._engine == "postgresql":
            definition += self._columns.inline_key(field, model)
        yield self.ddl.add_column(table, f"{name} {definition}")
        if field.constrained and self._engine == "postgresql":
            yield f"SET CONSTRAINTS {self._columns.key_name(field, model)} IMMEDIATE"
        if default is not None:
            yield self.ddl.set_default(table, field.column, "")
        if field.constrained and self.ddl.is_mysql:
            self._references(field, model, call)
        self._index_later(field, model, call)

    def _remove_field(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        name = text_in(call.get(1, "name"), "the field's name")
        field = model.find(name)
        if field is None:
            raise NotStatic(f"{model.name} has no field {name} here")
        self.state.put(model.having(tuple(each for each in model.fields if each.name != name)))
        if not model.managed:
            return
        if not field.has_column:
            if field.option("through") is None and field.kind == "ManyToManyField":
                cascade = self._engine == "postgresql"
                yield self.ddl.drop_table(
                    self.ddl.name(self._between(model, field)), cascade=cascade
                )
            return
        if self._engine == "sqlite" and (field.is_reference or field.indexed or field.unique):
            raise NotStatic(_REBUILT)
        if field.constrained and self._engine != "sqlite":
            yield from self._columns.drop_key(field, model)
        cascade = self._engine == "postgresql"
        yield self.ddl.drop_column(self.ddl.name(model.table), field.column, cascade=cascade)

    def _rename_field(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        old, new = (text_in(call.get(at, name), "a name") for at, name in _RENAMED)
        field = model.find(old)
        if field is None:
            raise NotStatic(f"{model.name} has no field {old} here")
        now = replace(field, name=new)
        self.state.put(model.having(tuple(now if e.name == old else e for e in model.fields)))
        if now.has_column and now.column != field.column and model.managed:
            table = self.ddl.name(model.table)
            yield self.ddl.rename_column(table, field.column, now.column)

    def _alter_field(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        now = field_of(call.get(1, "name"), call.get(2, "field"), model.name)
        field = model.find(now.name)
        if field is None:
            raise NotStatic(f"{model.name} has no field {now.name} here")
        again = now.indexed and not field.indexed
        now = replace(now, made=None if again else field.made)
        self.state.put(model.having(tuple(now if e.name == now.name else e for e in model.fields)))
        if model.managed and (field.has_column or now.has_column):
            yield from self._altered(field, now, model)

    def _altered(self, old: Field, new: Field, model: Model) -> Iterator[str]:
        before, after = self._columns.shape(old), self._columns.shape(new)
        if before == after:
            return
        self._refuse_moved(old, new)
        table, name = self.ddl.name(model.table), new.column
        if old.column != new.column:
            yield self.ddl.rename_column(table, old.column, new.column)
        if old.indexed and not new.indexed:
            for end in ("", "_like"):
                called, column, _ = old.made or (model.table, old.column, "")
                index = self.ddl.name(made_name(called, [column], end, self._engine))
                if end == "" or before[0].startswith(("varchar", "text")):
                    yield self.ddl.drop_index(index, guarded=True)
        retyped = ""
        if before[0] != after[0]:
            using = self._columns.using(before[0], after[0], name)
            retyped = self.ddl.set_type(table, name, after[0], using)
        if old.null and not new.null:
            yield from self._filled(new, table, name, retyped)
        elif retyped:
            yield retyped
        if new.null and not old.null:
            yield self.ddl.set_null(table, name, nullable=True)
        yield from self._indexed_now(old, new, model)

    def _refuse_moved(self, old: Field, new: Field) -> None:
        """Refuse changes whose SQL the state alone does not tell."""
        if self._engine == "sqlite":
            raise NotStatic(_REBUILT)
        if self._engine != "postgresql":
            raise NotStatic("MySQL is told the whole column again")
        if old.is_reference != new.is_reference or old.primary != new.primary:
            raise NotStatic("it becomes a key, or is one no longer, which moves other columns too")
        if old.unique and not new.unique:
            raise NotStatic("what made it unique is found by its name in the database")

    def _indexed_now(self, old: Field, new: Field, model: Model) -> Iterator[str]:
        if new.unique and not old.unique:
            unique = made_name(model.table, [new.column], "_uniq", self._engine)
            text = self.ddl.named(unique, f"UNIQUE ({self.ddl.name(new.column)})")
            yield self.ddl.add_constraint(self.ddl.name(model.table), text)
            yield from self._columns.for_like(new, model)
        if new.indexed and not old.indexed:
            yield from self._columns.own_index(new, model)

    def _filled(self, field: Field, table: str, name: str, retyped: str) -> Iterator[str]:
        """Give NOT NULL, after rows without a value have got one."""
        default = default_of(field, self._engine)
        if default is None:
            null = self.ddl.set_null(table, name, nullable=False)
            yield _joined(retyped, null, table)
            return
        column = self.ddl.name(name)
        yield _joined(retyped, self.ddl.set_default(table, name, default), table)
        yield f"UPDATE {table} SET {column} = {default} WHERE {column} IS NULL"  # noqa: S608 (read, not run)
        if self._engine == "postgresql":
            yield "SET CONSTRAINTS ALL IMMEDIATE"
        yield self.ddl.set_null(table, name, nullable=False)
        yield self.ddl.set_default(table, name, "")

    def _add_index(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        index = call.get(1, "index")
        if not isinstance(index, Call):
            raise NotStatic("the index is known only when it runs")
        self.state.put(replace(model, indexes=(*model.indexes, index)))
        live = call.last == "AddIndexConcurrently"
        yield self._indexes.create(index, model, concurrently=live)

    def _remove_index(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        name = text_in(call.get(1, "name"), "the index's name")
        kept = tuple(each for each in model.indexes if each.named.get("name") != name)
        self.state.put(replace(model, indexes=kept))
        live = call.last == "RemoveIndexConcurrently"
        yield self.ddl.drop_index(
            self.ddl.name(name),
            self.ddl.name(model.table),
            concurrently=live,
            guarded=self._engine == "postgresql",
        )

    def _rename_index(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        new = text_in(call.get(1, "new_name"), "the new name")
        old = text_in(call.get(2, "old_name"), "the old name")
        renamed = tuple(
            replace(each, named={**each.named, "name": new})
            if each.named.get("name") == old
            else each
            for each in model.indexes
        )
        self.state.put(replace(model, indexes=renamed))
        if self._engine == "sqlite":
            raise NotStatic("SQLite has no renaming of indexes: Django makes it anew")
        if self.ddl.is_mysql:
            table = self.ddl.name(model.table)
            yield f"ALTER TABLE {table} RENAME INDEX {self.ddl.name(old)} TO {self.ddl.name(new)}"
        else:
            yield f"ALTER INDEX {self.ddl.name(old)} RENAME TO {self.ddl.name(new)}"

    def _add_constraint(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        constraint = call.get(1, "constraint")
        if not isinstance(constraint, Call):
            raise NotStatic("the constraint is known only when it runs")
        self.state.put(replace(model, constraints=(*model.constraints, constraint)))
        late = " NOT VALID" if call.last == "AddConstraintNotValid" else ""
        yield self._indexes.add(constraint, model) + late

    def _validate(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        name = self.ddl.name(text_in(call.get(1, "name"), "the constraint's name"))
        yield f"ALTER TABLE {self.ddl.name(model.table)} VALIDATE CONSTRAINT {name}"

    def _remove_constraint(self, call: Call) -> Iterator[str]:
        model = self.state.model(call.get(0, "model_name"))
        name = text_in(call.get(1, "name"), "the constraint's name")
        found = next((each for each in model.constraints if each.named.get("name") == name), None)
        kept = tuple(each for each in model.constraints if each is not found)
        self.state.put(replace(model, constraints=kept))
        if found is None:
            raise NotStatic(f"{model.name} has no constraint {name} here")
        yield self._indexes.drop(found, model)

    def _extension(self, call: Call) -> Iterator[str]:
        name = text_in(call.get(0, "name"), "the extension's name")
        yield f'CREATE EXTENSION IF NOT EXISTS "{name}"'


_RENAMED = ((1, "old_name"), (2, "new_name"))
_EXTENSIONS = {
    "BloomExtension": "bloom",
    "BtreeGinExtension": "btree_gin",
    "BtreeGistExtension": "btree_gist",
    "CITextExtension": "citext",
    "CryptoExtension": "pgcrypto",
    "HStoreExtension": "hstore",
    "TrigramExtension": "pg_trgm",
    "UnaccentExtension": "unaccent",
}


@dataclass(frozen=True, slots=True)
class _Later:
    """A statement that Django leaves for the end of a migration."""

    model: str
    field: str
    """The field that it is for; empty where it is for the whole table."""

    call: Call
    sql: Callable[[Model], str]


def _same(sql: str, _: Model) -> str:
    return sql


def _joined(first: str, second: str, table: str) -> str:
    """Put two changes of a table into one statement, as Django does."""
    start = f"ALTER TABLE {table} "
    return f"{first}, {second.removeprefix(start)}" if first else second
