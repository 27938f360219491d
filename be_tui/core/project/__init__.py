"""What a project is made of, what probes measure in it, and what a person states about it.

    read_project(root)          the traits: languages, frameworks, database, CI, size
    declared_tables(root)       its tables, as DDL
    changed_since(root, rev)    its files that changed since a revision of git
    gather(root, ids)           the evidence of each probe, as it comes, cancellable
    Profile, profile_fields()   what no probe can measure

Names are resolved when first used: a command that needs the profile loads no probe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.project.cancel import Cancel, Cancelled
    from be_tui.core.project.gathering import find_probes, gather
    from be_tui.core.project.kept import project_from_json, project_to_json
    from be_tui.core.project.model import TRAIT_KINDS, Project, Size, Trait, TraitKind
    from be_tui.core.project.probe import Probe
    from be_tui.core.project.probes import all_probes
    from be_tui.core.project.profile import (
        Choice,
        Profile,
        ProfileField,
        profile_evidence,
        profile_field,
        profile_fields,
        profile_from_json,
        profile_to_json,
    )
    from be_tui.core.project.read import read_project
    from be_tui.core.project.since import Since, changed_since
    from be_tui.core.project.tables.declaring import Declared, declared_tables

__all__ = [
    "TRAIT_KINDS",
    "Cancel",
    "Cancelled",
    "Choice",
    "Declared",
    "Probe",
    "Profile",
    "ProfileField",
    "Project",
    "Since",
    "Size",
    "Trait",
    "TraitKind",
    "all_probes",
    "changed_since",
    "declared_tables",
    "find_probes",
    "gather",
    "profile_evidence",
    "profile_field",
    "profile_fields",
    "profile_from_json",
    "profile_to_json",
    "project_from_json",
    "project_to_json",
    "read_project",
]

_HOMES = {
    "TRAIT_KINDS": "model",
    "Cancel": "cancel",
    "Cancelled": "cancel",
    "Choice": "profile",
    "Declared": "tables.declaring",
    "Probe": "probe",
    "Profile": "profile",
    "ProfileField": "profile",
    "Project": "model",
    "Since": "since",
    "Size": "model",
    "Trait": "model",
    "TraitKind": "model",
    "all_probes": "probes",
    "changed_since": "since",
    "declared_tables": "tables.declaring",
    "find_probes": "gathering",
    "gather": "gathering",
    "profile_evidence": "profile",
    "profile_field": "profile",
    "profile_fields": "profile",
    "profile_from_json": "profile",
    "profile_to_json": "profile",
    "project_from_json": "kept",
    "project_to_json": "kept",
    "read_project": "read",
}
"""The module of this package in which each public name stands."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
