"""The models of a Django app as they stand at a point of its history."""

from __future__ import annotations

from dataclasses import replace

from be_tui.core.migrations.files.code.djangofields import Field, Model
from be_tui.core.migrations.files.code.values import Call, Name, NotStatic, Spot, text_in


class State:
    """The models of an app as they stand at a point of its history."""

    def __init__(self, app: str) -> None:
        """Start without a model."""
        self.app = app
        self.models: dict[str, Model] = {}

    def model(self, name: object) -> Model:
        """Give a model of the app.

        Raises:
            NotStatic: There is none of that name.
        """
        found = self.models.get(text_in(name, "the model's name").lower())
        if found is None:
            raise NotStatic(f"the model {name} is not made by the migrations of this folder")
        return found

    def put(self, model: Model) -> None:
        """Keep a model as it stands now."""
        self.models[model.name.lower()] = model

    def referred(self, value: object) -> Model:
        """Give the model that a foreign key refers to.

        Raises:
            NotStatic: It is another app's.
        """
        if isinstance(value, Name) and value.path.endswith("AUTH_USER_MODEL"):
            return _auth_user()
        if isinstance(value, Call) and value.last == "swappable_dependency":
            return _auth_user()
        path = text_in(value, "what it refers to")
        app, _, name = path.rpartition(".")
        if app.lower() in {"", self.app.lower()} and name.lower() in self.models:
            return self.models[name.lower()]
        if path.lower() == "auth.user":
            return _auth_user()
        known = {"auth.group", "auth.permission", "contenttypes.contenttype", "sites.site"}
        if path.lower() in known:
            table = {"contenttypes.contenttype": "django_content_type", "sites.site": "django_site"}
            made = f"{app}_{name}".lower()
            return Model(app, name, (_automatic(),), table.get(path.lower(), made))
        raise NotStatic(f"{path} is another app's, and its key's type is told there")


def _automatic() -> Field:
    call = Call("django.db.models.AutoField", Spot(0, 0), (), {"primary_key": True})
    return Field("id", "AutoField", call)


def _auth_user() -> Model:
    # A project may have another user of its own; its key is whole numbers all the same.
    return Model("auth", "User", (_automatic(),), "auth_user")


def column_of(model: Model, name: str) -> str:
    """Give the column of a model's field.

    Raises:
        NotStatic: The model has no such field here.
    """
    field = model.find(name)
    if field is None:
        raise NotStatic(f"{model.name} has no field {name} here")
    return field.column


def field_of(name: object, value: object, own: str) -> Field:
    """Give a field out of its name and the call that makes it.

    Args:
        name: Its name.
        value: The call.
        own: Its model, which it may refer to as `self`.

    Raises:
        NotStatic: One of them is known only when it runs.
    """
    if not isinstance(value, Call):
        raise NotStatic("a field is known only when it runs")
    if value.get(0, "to") == "self":
        value = replace(value, args=(), named={**value.named, "to": own})
    return Field(text_in(name, "a field's name"), value.last, value)


def together_of(value: object) -> tuple[tuple[str, ...], ...]:
    """Give sets of fields that are unique together, however they are written."""
    if not isinstance(value, (list, tuple)):
        return ()
    if value and all(isinstance(each, str) for each in value):
        value = [value]
    return tuple(
        tuple(str(name) for name in each) for each in value if isinstance(each, (list, tuple))
    )


def calls_of(value: object) -> tuple[Call, ...]:
    """Give the calls of a list; none where it is none."""
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(each for each in value if isinstance(each, Call))
