/**
 * Events worked off, each at least once, by as many workers as there are.
 *
 * A worker takes a few events at a time, which are its own until their lease runs out. Their handlers run outside of any
 * transaction and have an end before the lease does. A worker that is gone leaves its events to the others. An attempt counts as
 * soon as an event is taken: one that kills each worker that takes it has no more of them than one that fails.
 */

import { setTimeout } from 'node:timers/promises';

import type { Counter, Meter } from '@opentelemetry/api';
import { and, asc, eq, inArray, isNull, lt, lte, min, or, sql } from 'drizzle-orm';
import type { Logger } from 'pino';

import type { Config } from '../config.js';
import type { Database } from './database.js';
import { type OutboxEvent, outboxEventsTable } from './outbox.js';

/** What a handler is given beside the event. */
export interface Job {
  /** Tells when the time is up, or when the worker ends. */
  readonly signal: AbortSignal;
  /** Names the event in each line. */
  readonly logger: Logger;
}

/** What is done with an event; it may come again, after a failure or a crash. */
export type Handler = (event: OutboxEvent, job: Job) => Promise<void>;
export type Handlers = Readonly<Partial<Record<string, Handler>>>;

export interface JobsContext {
  readonly config: Pick<Config, 'jobAttempts' | 'jobSeconds' | 'jobPollSeconds' | 'jobRetentionDays'>;
  readonly logger: Logger;
  readonly database: Database;
  readonly meter: Meter;
}

export interface Worker {
  /** Works off the events that are due, a few of them; gives how many it took. */
  batch(): Promise<number>;
  /** Works until it is stopped. */
  run(): Promise<void>;
  /** Has `run` end once what is under way is done. */
  stop(): void;
  /** Gives back what is still under way, as if it had not been taken. */
  giveBack(): Promise<void>;
}

type Result = 'done' | 'retried' | 'failed' | 'unhandled';

const BATCH = 10;
/** For how long an event stays a worker's own after its handler should have ended. */
const MARGIN_SECONDS = 30;
const CAP_SECONDS = 3600;
const LONGEST_ERROR = 500;
const UNANSWERED = 'the last attempt ended without an answer';
const TIDIED = 1000;
const HOUR_MS = 3_600_000;
const CREDENTIALS = /\/\/[^/\s@]+@/g;
const SECRETS = /(password|secret|token|authorization)(["']?\s*[:=]\s*)\S+/gi;

const OPEN = and(isNull(outboxEventsTable.doneAt), isNull(outboxEventsTable.failedAt));

/** Gives a worker. */
export function makeWorker(context: JobsContext, handlers: Handlers): Worker {
  const { config, database, logger, meter } = context;
  const counter = meter.createCounter('jobs', { description: 'Events that were worked off, by what became of them.' });
  const stopping = new AbortController();
  const leaving = new AbortController();
  const held = new Set<OutboxEvent>();
  const batch = async (): Promise<number> => {
    const events = await claim(database, config);
    await Promise.all(
      events.map(async (event) => {
        held.add(event);
        await work(context, counter, handlers, event, leaving.signal);
        held.delete(event);
      }),
    );
    return events.length;
  };
  return {
    batch,
    run: async () => {
      let tidied = -Infinity;
      while (!stopping.signal.aborted) {
        let taken = 0;
        try {
          if (performance.now() - tidied >= HOUR_MS) {
            await forgetEvents(database, config.jobRetentionDays);
            tidied = performance.now();
          }
          taken = await batch();
        } catch (error) {
          logger.error({ err: error }, 'events could not be taken');
        }
        if (taken === 0) {
          await setTimeout(config.jobPollSeconds * 1000, undefined, { signal: stopping.signal }).catch(() => undefined);
        }
      }
    },
    stop: () => {
      stopping.abort();
    },
    giveBack: async () => {
      try {
        const attempts = sql`${outboxEventsTable.attempts} - 1`;
        await Promise.all([...held].map((event) => finish(database, event, { attempts })));
      } catch (error) {
        // Their leases run out, and they come again.
        logger.error({ err: error }, 'events could not be given back');
      }
      leaving.abort();
    },
  };
}

/** Measures how long the event that is due longest waits. */
export function watchOldest(meter: Meter, database: Database): void {
  const gauge = meter.createObservableGauge('jobs.oldest.seconds', {
    description: 'How long the event waits that is due longest.',
    unit: 's',
  });
  gauge.addCallback(async (observed) => {
    const oldest = sql<number>`greatest(0, coalesce(extract(epoch FROM now() - ${min(outboxEventsTable.availableAt)}), 0))::float8`;
    const [found] = await database.select({ oldest }).from(outboxEventsTable).where(OPEN);
    observed.observe(found?.oldest ?? 0);
  });
}

/** Removes events that were done so many days ago; those that failed stay for people to look at. */
export async function forgetEvents(database: Database, days: number): Promise<void> {
  const over = lt(outboxEventsTable.doneAt, sql`now() - make_interval(days => ${days})`);
  let removed: unknown[];
  do {
    const some = database.select({ id: outboxEventsTable.id }).from(outboxEventsTable).where(over).limit(TIDIED);
    removed = await database.delete(outboxEventsTable).where(inArray(outboxEventsTable.id, some)).returning({ id: outboxEventsTable.id });
  } while (removed.length === TIDIED);
}

/** Gives how long to wait after so many attempts: any time up to one that doubles, so that not all come at once. */
export function backoffSeconds(attempts: number, random = Math.random()): number {
  return random * Math.min(CAP_SECONDS, 2 ** (attempts - 1));
}

/** Gives what is kept of an error: short, and without secrets. */
export function toldOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll('\0', '').replace(CREDENTIALS, '//***@').replace(SECRETS, '$1$2***').toWellFormed().slice(0, LONGEST_ERROR);
}

/**
 * Takes events that are due and that nobody has, which costs each an attempt; one that has none left failed.
 *
 * One that a worker took and did not answer for may have killed it: it is taken alone, so that it costs no other an attempt.
 */
async function claim(database: Database, config: JobsContext['config']): Promise<OutboxEvent[]> {
  const free = or(isNull(outboxEventsTable.lockedUntil), lt(outboxEventsTable.lockedUntil, sql`now()`));
  const lease = sql`make_interval(secs => ${config.jobSeconds + MARGIN_SECONDS})`;
  const spent = sql`${outboxEventsTable.attempts} >= ${config.jobAttempts}`;
  const lost = sql`${outboxEventsTable.lockedUntil} IS NOT NULL`;
  return database.transaction(async (transaction) => {
    const due = await transaction
      .select({ id: outboxEventsTable.id, lost: sql<boolean>`${lost}` })
      .from(outboxEventsTable)
      .where(and(OPEN, lte(outboxEventsTable.availableAt, sql`now()`), free))
      .orderBy(asc(outboxEventsTable.availableAt))
      .limit(BATCH)
      .for('update', { skipLocked: true });
    const alone = due.find((each) => each.lost);
    const taken = alone === undefined ? due : [alone];
    return taken.length === 0
      ? []
      : transaction
          .update(outboxEventsTable)
          .set({
            attempts: sql`${outboxEventsTable.attempts} + CASE WHEN ${spent} THEN 0 ELSE 1 END`,
            lockedUntil: sql`CASE WHEN NOT ${spent} THEN now() + ${lease} END`,
            failedAt: sql`CASE WHEN ${spent} THEN now() END`,
            lastError: sql`CASE WHEN ${spent} AND ${lost} THEN ${UNANSWERED} ELSE ${outboxEventsTable.lastError} END`,
          })
          .where(inArray(outboxEventsTable.id, taken.map(({ id }) => id)))
          .returning();
  });
}

async function work(
  context: JobsContext,
  counter: Counter,
  handlers: Handlers,
  event: OutboxEvent,
  leaving: AbortSignal,
): Promise<void> {
  const logger = context.logger.child({ event: event.id, topic: event.topic });
  if (event.lockedUntil === null) {
    logger.warn({ attempts: event.attempts }, 'an event failed: it has no attempt left');
    counter.add(1, { topic: event.topic, result: 'failed' satisfies Result });
    return;
  }
  try {
    const [result, became] = await handled(context, handlers, event, { logger, signal: leaving });
    if (await finish(context.database, event, became)) {
      counter.add(1, { topic: event.topic, result });
    } else {
      logger.warn({ result }, 'another worker has the event by now');
    }
  } catch (error) {
    // Its lease runs out, and it comes again.
    logger.error({ err: error }, 'what became of an event could not be kept');
  }
}

/** Hands an event on; gives what becomes of it. */
async function handled({ config }: JobsContext, handlers: Handlers, event: OutboxEvent, job: Job): Promise<[Result, Became]> {
  const done = { doneAt: sql`now()` };
  const handler = Object.hasOwn(handlers, event.topic) ? handlers[event.topic] : undefined;
  if (handler === undefined) {
    return ['unhandled', done];
  }
  try {
    await inTime(handler, event, job, config.jobSeconds);
  } catch (error) {
    const { attempts } = event;
    const failed = attempts >= config.jobAttempts;
    job.logger.warn({ err: error, attempts }, failed ? 'an event failed' : 'an event failed and comes again');
    const wait = sql`now() + make_interval(secs => ${backoffSeconds(attempts)})`;
    const next = failed ? { failedAt: sql`now()` } : { availableAt: wait };
    return [failed ? 'failed' : 'retried', { ...next, lastError: toldOf(error) }];
  }
  return ['done', done];
}

async function inTime(handler: Handler, event: OutboxEvent, job: Job, seconds: number): Promise<void> {
  const ending = new AbortController();
  const late = setTimeout(seconds * 1000, undefined, { signal: ending.signal }).then(() => {
    throw new Error(`it took longer than ${String(seconds)} seconds`);
  });
  const out = new AbortController();
  try {
    const signal = AbortSignal.any([out.signal, job.signal]);
    await Promise.race([handler(event, { ...job, signal }), late]);
  } finally {
    late.catch(() => undefined);
    ending.abort();
    out.abort();
  }
}

type Became = Parameters<ReturnType<Database['update']>['set']>[0];

/** Keeps what became of an event, unless its lease ran out and another worker has it; tells whether it did. */
async function finish(database: Database, event: OutboxEvent, became: Became): Promise<boolean> {
  const lease = event.lockedUntil ?? '';
  const kept = await database
    .update(outboxEventsTable)
    .set({ ...became, lockedUntil: null })
    .where(and(eq(outboxEventsTable.id, event.id), eq(outboxEventsTable.lockedUntil, lease)))
    .returning({ id: outboxEventsTable.id });
  return kept.length > 0;
}
