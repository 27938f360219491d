"""Whether secrets stand in the repository, and whether something keeps them elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.git import GitTrouble, run
from be_tui.core.project.looks.model import facts, mark
from be_tui.core.project.looks.secrets import SECRETS
from be_tui.core.project.packages import asked_for
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

_PACKAGES = {
    "manager": "hvac google-cloud-secret-manager azure-keyvault-secrets aws-secretsmanager-caching"
    " doppler-sdk infisical-python infisicalsdk onepassword-sdk bitwarden-sdk"
    " @aws-sdk/client-secrets-manager @aws-sdk/client-ssm @google-cloud/secret-manager"
    " @azure/keyvault-secrets node-vault @infisical/sdk @1password/sdk"
    " org.springframework.cloud:spring-cloud-starter-vault-config"
    " org.springframework.cloud:spring-cloud-vault-config org.springframework.vault:*"
    " io.quarkiverse.vault:* software.amazon.awssdk:secretsmanager"
    " com.google.cloud:google-cloud-secretmanager com.azure:azure-security-keyvault-secrets"
    " io.awspring.cloud:spring-cloud-aws-starter-secrets-manager"
    " github.com/hashicorp/vault/api github.com/aws/aws-sdk-go-v2/service/secretsmanager"
    " cloud.google.com/go/secretmanager vaultrs gem:vault awssdk.secretsmanager"
    " azure.security.keyvault.secrets vaultsharp"
}
_MANIFESTS = mark(
    "secret.manager",
    "externalsecret sealedsecret secretstore clustersecretstore secretproviderclass vaultsecret"
    " vaultstaticsecret onepassworditem infisicalsecret vault secretsmanager secret_manager"
    " aws_secretsmanager_secret google_secret_manager_secret azurerm_key_vault_secret"
    " get_secret_value secretmanagerserviceclient",
    rb"^kind:[ \t]*[\"']?(?:ExternalSecret|SealedSecret|(?:Cluster)?SecretStore|SecretProviderClass"
    rb"|VaultStaticSecret|VaultDynamicSecret|OnePasswordItem|InfisicalSecret)\b"
    rb"|vault\.hashicorp\.com/agent-inject|spring\.cloud\.vault|config\.import[^\n]*vault:"
    rb"|client\([\"']secretsmanager[\"']|\bSecretManagerServiceClient\("
    rb"|^(?:resource|data)[ \t]+\"(?:aws_secretsmanager_secret\w*|google_secret_manager_secret\w*"
    rb"|azurerm_key_vault_secret)\"",
    strings=True,
    configuration=True,
)
_FILES = (".sops.yaml", ".sops.yml", "doppler.yaml", ".infisical.json")
_HARMLESS = ("example", "sample", "template", "dist", "test", "defaults", "ci", "schema", "vault")


def take(gathering: Gathering) -> Found:
    """Count what looks like a secret; look for tracked `.env` files and for a manager."""
    checkout, sights = gathering.checkout, gathering.sights
    if not checkout.files:
        raise NoAnswer("no file to read")
    suspects = sights.count("secret")
    tracked, trouble = _tracked(gathering)
    manager = [each.fact for each in asked_for(gathering.stack.manifests, _PACKAGES)]
    manager += facts(sights.of("secret.manager"), 3)
    manager += [
        Fact("its settings", path) for name in _FILES for path in checkout.by_name.get(name, ())
    ]
    line = (
        counted(suspects, "place that looks like a secret", "places that look like a secret")
        if suspects
        else "no secret found"
    )
    measures = [Measure("secrets.suspects", suspects)]
    if tracked is not None:
        measures.append(Measure("secrets.env_tracked", bool(tracked)))
        line += f", {counted(len(tracked), '.env file')} in git" if tracked else ""
    measures.append(Measure("secrets.manager", bool(manager)))
    line += ", a secret manager is there" if manager else ", no secret manager found"
    told = [Fact(each.text, each.path, each.line) for each in sights.of("secret")[:8]]
    told += [Fact("tracked by git", path) for path in tracked or ()]
    if trouble:
        told.append(Fact(f"tracked files not known: {trouble}"))
    return Found(line, tuple(measures), (*told, *manager[:3]), how="heuristic", confidence="medium")


def _tracked(gathering: Gathering) -> tuple[list[str] | None, str]:
    """Give the `.env` files that git tracks; None where git cannot say."""
    there = [path for path in gathering.checkout.files if _holds_secrets(path)]
    trouble = gathering.checkout.git_trouble
    if trouble:
        return None, trouble
    if not there:
        return [], ""
    try:
        listed = run(gathering.root, "ls-files", "-z", "--", *there, cancel=gathering.cancel)
    except GitTrouble as reason:
        return None, str(reason)
    known = set(listed.decode("utf-8", "surrogateescape").split("\0"))
    return [path for path in there if path in known], ""


def _holds_secrets(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    if name != ".env" and not name.startswith(".env.") and not name.endswith(".env"):
        return False
    return not any(part in _HARMLESS for part in name.split("."))


PROBE = Probe(
    "secrets",
    "Do secrets stand in the repository?",
    ("secrets.suspects", "secrets.env_tracked", "secrets.manager"),
    take,
    looks=(SECRETS, _MANIFESTS),
)
