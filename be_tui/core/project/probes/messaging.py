"""How work is handed on: the broker, the outbox, and who takes messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.looks.model import facts, mark
from be_tui.core.project.looks.sql import SQL
from be_tui.core.project.packages import asked_for
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

_BROKERS = {
    "Kafka": "kafka",
    "RabbitMQ": "rabbitmq",
    "Amazon SQS": "sqs",
    "NATS": "nats",
    "RQ": "redis",
    "arq": "redis",
    "BullMQ": "redis",
    "Sidekiq": "redis",
    "Asynq": "redis",
    "pg-boss": "database",
    "Solid Queue": "database",
    "River": "database",
    "Hangfire": "database",
    "Oban": "database",
}
"""What carries the messages of each queue that the stack knows; others can use several."""

_SEVERAL = frozenset({"Celery", "Dramatiq", "Taskiq", "Laravel Horizon", "MassTransit"})
_DATABASE = {
    "database": "procrastinate good_job delayed_job_active_record graphile-worker django-q2"
    " django-tasks com.github.kagkarlsson:db-scheduler org.jobrunr:* pgmq"
}
_CARRIERS = mark(
    "message.carrier",
    "redis rediss amqp amqps sqs redisbroker rabbitmqbroker listqueuebroker",
    rb"\b(?P<value>redis|amqp|sqs)s?://(?=[\w$@{:])",
    strings=True,
    configuration=True,
)
_OUTBOX = mark(
    "message.outbox",
    "outbox outbox_events outbox_messages outbox_event outboxevent outboxmessage event_outbox"
    " transactional_outbox message_outbox",
    rb"(?:\b|_|(?<=[a-z0-9])(?=O))(?:outbox|Outbox|OUTBOX)\w*",
    stems=(b"outbox",),
    strings=True,
)
_CONSUMERS = mark(
    "message.consumer",
    "kafkalistener rabbitlistener sqslistener jmslistener streamlistener incoming consumer"
    " kafkaconsumer aiokafkaconsumer basic_consume basicconsume consume worker processor"
    " eventpattern messagepattern shared_task task actor receivemessagecommand receive_message"
    " subscribe queuesubscribe subscriber perform sidekiq iconsumer broker",
    rb"^[ \t]*@(?:KafkaListener|RabbitListener|SqsListener|JmsListener|StreamListener|Incoming)\b"
    rb"|^[ \t]*@(?:Processor|EventPattern|MessagePattern|OnEvent|RabbitSubscribe|SqsMessageH"
    rb"andler)\("
    rb"|^[ \t]*@(?:shared_task|(?:\w*app|celery\w*|broker|huey)\.task|dramatiq\.actor|actor)\b"
    rb"|^[ \t]*@(?:\w*broker|router)\.subscriber\("
    rb"|\b(?:AIO)?KafkaConsumer\(|\bconsumer\.(?:subscribe|run)\(|\bConsumer\(\{"
    rb"|\bbasic_?[cC]onsume\(|\b(?:channel|ch)\.(?:consume|Consume)\(|\bnew Worker\(\s*[\"'`]"
    rb"|\bnew Worker\(\s*[\w.]+,\s*(?:async\b|\()"
    rb"|\bkafka\.NewReader\(|\b(?:nc|js|nats)\.(?:Queue)?Subscribe\(|\breceive_message\("
    rb"|\bReceiveMessageCommand\(|\bReceiveMessage\(|\binclude Sidekiq::(?:Worker|Job)\b"
    rb"|:\s*IConsumer<|\bworker\.Register\w*\(",
)

_WORK = re.compile(r"job|task|queue|outbox|message|event|work|deliver|notif|mail", re.IGNORECASE)
"""What a table of work is called; a clean-up skips locked rows too, and hands nothing on."""


def take(gathering: Gathering) -> Found:
    """Name the broker; count who takes messages; look for an outbox."""
    stack, sights = gathering.stack, gathering.sights
    if not stack.manifests and not gathering.scan.files:
        raise NoAnswer("no manifest and no source code to read")
    broker, shown = _broker(gathering)
    outbox = sights.of("message.outbox")
    consumers = sights.count("message.consumer")
    line = f"messages go through {broker}" if broker else "no message broker found"
    line += f", {counted(consumers, 'consumer')} in the code"
    line += ", with an outbox" if outbox else ", no outbox"
    return Found(
        line,
        (
            Measure("messaging.broker", broker),
            Measure("messaging.outbox", bool(outbox)),
            Measure("messaging.consumers", consumers),
        ),
        (*shown, *facts(outbox, 2), *facts(sights.of("message.consumer"), 5)),
        how="heuristic",
        confidence="medium",
    )


def _broker(gathering: Gathering) -> tuple[str, tuple[Fact, ...]]:
    queues = gathering.stack.of("queue")
    for trait in queues:
        if trait.name in _BROKERS:
            return _BROKERS[trait.name], _named(trait.name, trait.facts)
    for trait in queues:
        if trait.name in _SEVERAL:
            carrier, shown = _carrier(gathering)
            return carrier, (*_named(trait.name, trait.facts), *shown)
    for package in asked_for(gathering.stack.manifests, _DATABASE):
        return "database", (package.fact,)
    locked = [each for each in gathering.sights.of("sql.skips_locked") if _WORK.search(each.text)]
    if locked:
        return "database", facts(locked, 2)
    return "", ()


def _carrier(gathering: Gathering) -> tuple[str, tuple[Fact, ...]]:
    """Tell what carries the messages of a queue that can use several: what its URL says."""
    names = {"amqp": "rabbitmq", "redis": "redis", "sqs": "sqs"}
    sights = gathering.sights.of("message.carrier")
    # A Redis may be there for other things; another carrier is there for nothing else.
    for wanted in ("amqp", "sqs", "redis"):
        for sight in sights:
            if sight.value == wanted:
                return names[wanted], (Fact(f"says {wanted}://", sight.path, sight.line),)
    return "", ()


def _named(name: str, shown: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(f"{name}: {each.text}", each.path, each.line) for each in shown[:2])


PROBE = Probe(
    "messaging",
    "How is work handed on by messages?",
    ("messaging.broker", "messaging.outbox", "messaging.consumers"),
    take,
    looks=(_CARRIERS, _OUTBOX, _CONSUMERS, SQL),
)
