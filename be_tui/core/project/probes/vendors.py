"""Which vendors' SDKs are asked for, and how far they have spread in the code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.looks.imports import IMPORTS
from be_tui.core.project.packages import asked_for
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import counted, listed

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.looks.model import Sight

_MOST = 6


@dataclass(frozen=True, slots=True)
class Vendor:
    """A firm whose service is called through an SDK of its own."""

    packages: str
    """Names, as `asked_for` reads them."""

    imports: tuple[str, ...]
    """What the imports of its SDK begin with, in any language."""


VENDORS: dict[str, Vendor] = {
    "AWS": Vendor(
        "boto3 botocore aioboto3 aiobotocore aws-sdk @aws-sdk/* software.amazon.awssdk:*"
        " com.amazonaws:aws-java-sdk* github.com/aws/aws-sdk-go* aws-sdk-* awssdk.*"
        " aws/aws-sdk-php",
        (
            "boto3",
            "botocore",
            "aioboto3",
            "aiobotocore",
            "aws-sdk",
            "@aws-sdk/",
            "Amazon.",
            "software.amazon.awssdk",
            "com.amazonaws",
            "github.com/aws/aws-sdk-go",
            "aws_sdk_",
            "Aws\\",
        ),
    ),
    "Google Cloud": Vendor(
        "google-cloud-* @google-cloud/* com.google.cloud:google-cloud-* cloud.google.com/go*"
        " google.cloud.*",
        (
            "google.cloud",
            "@google-cloud/",
            "com.google.cloud",
            "cloud.google.com/go",
            "Google.Cloud",
        ),
    ),
    "Azure": Vendor(
        "azure-* @azure/* com.azure:* github.com/azure/azure-sdk-for-go* azure.*",
        ("azure.", "@azure/", "com.azure.", "github.com/Azure/azure-sdk-for-go", "Azure."),
    ),
    "Firebase": Vendor(
        "firebase-admin firebase com.google.firebase:* firebase.google.com/go firebaseadmin",
        (
            "firebase_admin",
            "firebase-admin",
            "firebase/",
            "com.google.firebase",
            "firebase.google.com",
            "FirebaseAdmin",
        ),
    ),
    "Stripe": Vendor(
        "stripe com.stripe:stripe-java github.com/stripe/stripe-go stripe/stripe-php stripe.net"
        " async-stripe",
        ("stripe", "com.stripe", "github.com/stripe/", "Stripe"),
    ),
    "Twilio": Vendor(
        "twilio com.twilio.sdk:twilio github.com/twilio/twilio-go twilio-ruby twilio/sdk",
        ("twilio", "com.twilio", "github.com/twilio/", "Twilio"),
    ),
    "SendGrid": Vendor(
        "sendgrid @sendgrid/* com.sendgrid:* github.com/sendgrid/sendgrid-go sendgrid-ruby"
        " sendgrid/sendgrid",
        ("sendgrid", "@sendgrid/", "com.sendgrid", "github.com/sendgrid/", "SendGrid"),
    ),
    "Auth0": Vendor(
        "auth0-python auth0 com.auth0:auth0 github.com/auth0/go-auth0 @auth0/*",
        ("auth0", "@auth0/", "com.auth0.client", "github.com/auth0/"),
    ),
    "OpenAI": Vendor(
        "openai com.openai:* github.com/openai/openai-go github.com/sashabaranov/go-openai"
        " async-openai",
        ("openai", "com.openai", "github.com/openai/", "github.com/sashabaranov/", "async_openai"),
    ),
    "Anthropic": Vendor(
        "anthropic @anthropic-ai/* com.anthropic:*",
        ("anthropic", "@anthropic-ai/", "com.anthropic"),
    ),
    "Algolia": Vendor(
        "algoliasearch algoliasearch-django com.algolia:*", ("algoliasearch", "com.algolia")
    ),
    "Slack": Vendor(
        "slack-sdk slack-bolt @slack/* com.slack.api:* github.com/slack-go/slack",
        ("slack_sdk", "slack_bolt", "@slack/", "com.slack.api", "github.com/slack-go/"),
    ),
    "Segment": Vendor(
        "segment-analytics-python @segment/analytics-node analytics-python analytics-node",
        ("segment.analytics", "@segment/", "analytics-node"),
    ),
    "LaunchDarkly": Vendor(
        "launchdarkly-server-sdk @launchdarkly/node-server-sdk launchdarkly-node-server-sdk"
        " com.launchdarkly:* github.com/launchdarkly/go-server-sdk",
        (
            "ldclient",
            "@launchdarkly/",
            "launchdarkly-node",
            "com.launchdarkly",
            "github.com/launchdarkly/",
        ),
    ),
    "PayPal": Vendor(
        "paypalrestsdk paypal-checkout-serversdk @paypal/* com.paypal.sdk:*",
        ("paypalrestsdk", "paypalcheckoutsdk", "@paypal/", "com.paypal"),
    ),
    "Braintree": Vendor(
        "braintree com.braintreepayments.gateway:*", ("braintree", "com.braintree")
    ),
    "Adyen": Vendor("adyen @adyen/api-library com.adyen:*", ("Adyen", "@adyen/", "com.adyen")),
    "Mailgun": Vendor("mailgun mailgun.js", ("mailgun",)),
    "Postmark": Vendor("postmarker postmark", ("postmarker", "postmark")),
    "Resend": Vendor("resend", ("resend",)),
    "Cloudinary": Vendor("cloudinary com.cloudinary:*", ("cloudinary", "com.cloudinary")),
    "Supabase": Vendor("supabase @supabase/*", ("supabase", "@supabase/")),
    "Plaid": Vendor("plaid-python plaid com.plaid:*", ("plaid", "com.plaid")),
    "Shopify": Vendor("shopifyapi @shopify/*", ("shopify", "@shopify/")),
    "Salesforce": Vendor("simple-salesforce jsforce", ("simple_salesforce", "jsforce")),
    "HubSpot": Vendor("hubspot-api-client @hubspot/api-client", ("hubspot", "@hubspot/")),
    "Contentful": Vendor("contentful", ("contentful",)),
    "Snowflake": Vendor("snowflake-connector-python snowflake-sdk", ("snowflake",)),
    "Pusher": Vendor("pusher", ("pusher",)),
}


def take(gathering: Gathering) -> Found:
    """Find the vendors in the manifests, and the files that import them."""
    if not gathering.stack.manifests:
        raise NoAnswer("no manifest says what the project is made with")
    known = {name: vendor.packages for name, vendor in VENDORS.items()}
    asked: dict[str, Fact] = {}
    for package in asked_for(gathering.stack.manifests, known):
        asked.setdefault(package.shows, package.fact)
    spread = _spread(gathering, set(asked))
    ranked = sorted(asked, key=lambda name: (-len(spread[name]), name))
    top = len(spread[ranked[0]]) if ranked else 0
    line = "no vendor's SDK among the dependencies"
    if ranked:
        line = f"{counted(len(ranked), 'vendor')}: {listed(ranked)}"
        line += f"; {counted(top, 'file imports', 'files import')} {ranked[0]}"
    told: list[Fact] = []
    for name in ranked[:_MOST]:
        each = asked[name]
        files = counted(len(spread[name]), "file")
        told.append(Fact(f"{name}: {each.text}; {files} import it", each.path, each.line))
    if ranked:
        first = list(spread[ranked[0]].values())[:_MOST]
        told += [Fact(sight.text, sight.path, sight.line) for sight in first]
    return Found(
        line,
        (Measure("vendors.sdks", len(ranked)), Measure("vendors.top_spread", top, "files")),
        tuple(told),
        how="parsed",
        confidence="medium",
    )


def _spread(gathering: Gathering, names: set[str]) -> defaultdict[str, dict[str, Sight]]:
    """Give the first import of each vendor in each file."""
    starts = {start: name for name in VENDORS if name in names for start in VENDORS[name].imports}
    found: defaultdict[str, dict[str, Sight]] = defaultdict(dict)
    for sight in gathering.sights.of("import"):
        for start, name in starts.items():
            if _begins(sight.value, start):
                found[name].setdefault(sight.path, sight)
                break
    return found


def _begins(module: str, start: str) -> bool:
    if not module.startswith(start):
        return False
    rest = module[len(start) :]
    return not rest or not start[-1].isalnum() or not rest[0].isalnum()


PROBE = Probe(
    "vendors",
    "Which vendors' SDKs does the code lean on?",
    ("vendors.sdks", "vendors.top_spread"),
    take,
    looks=IMPORTS,
)
