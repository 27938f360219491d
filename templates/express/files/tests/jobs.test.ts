/** The worker: what becomes of events, whoever takes them and whatever fails. */

import type { AddressInfo } from 'node:net';

import type { Counter } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { eq, isNotNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { readConfig } from '../src/config.js';
import { handlers as ours } from '../src/handlers.js';
import { newId } from '../src/platform/ids.js';
import { backoffSeconds, forgetEvents, type Handler, makeWorker, toldOf, type Worker } from '../src/platform/jobs.js';
import { type OutboxEvent, outboxEventsTable, record } from '../src/platform/outbox.js';
import { startWorker } from '../src/worker.js';
import { SETTINGS, startService, type TestService } from './support/service.js';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

beforeEach(async () => {
  await service.context.database.delete(outboxEventsTable);
});

afterAll(async () => {
  await service.stop();
});

/** Writes an event down; gives its key. */
async function event(over: Partial<typeof outboxEventsTable.$inferInsert> = {}): Promise<string> {
  const id = newId();
  const payload = { id: 'x', version: 1, occurred_at: '2026-01-01T00:00:00Z' };
  await service.context.database.insert(outboxEventsTable).values({ id, topic: 'thing.created', payload, ...over });
  return id;
}

async function found(id: string): Promise<OutboxEvent> {
  const [row] = await service.context.database.select().from(outboxEventsTable).where(eq(outboxEventsTable.id, id));
  if (row === undefined) {
    throw new Error('the event is gone');
  }
  return row;
}

/** Gives a worker for events of one topic. */
function working(handler: Handler, over: Partial<TestService['context']['config']> = {}, add: Counter['add'] = () => undefined): Worker {
  const { config, database, logger } = service.context;
  const meter = new MeterProvider().getMeter('tests');
  vi.spyOn(meter, 'createCounter').mockReturnValue({ add });
  return makeWorker({ config: { ...config, ...over }, database, logger, meter }, { 'thing.created': handler });
}

/** Gives what counts results, and what it counted. */
function counting() {
  const results: unknown[] = [];
  const add: Counter['add'] = (_times, told) => {
    results.push(told?.['result']);
  };
  return { add, results };
}

/** Takes events with a worker that dies of them; gives how often each was taken. */
async function dying(over: Partial<TestService['context']['config']> = {}): Promise<number[]> {
  const taken: number[] = [];
  const { asked, handler } = held();
  const dies: Handler = (event) => {
    taken.push(event.attempts);
    return handler();
  };
  void working(dies, over).batch();
  await asked;
  await service.context.database.update(outboxEventsTable).set({ lockedUntil: PAST }).where(isNotNull(outboxEventsTable.lockedUntil));
  return taken;
}

/** Gives a handler that tells what it was given. */
function noted() {
  const ids: string[] = [];
  const handler = ({ id }: OutboxEvent): Promise<void> => {
    ids.push(id);
    return Promise.resolve();
  };
  return { handler, ids };
}

/** Gives a handler that waits until it is told how to end. */
function held() {
  let tell: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const handler = (): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      tell();
    });
  return { asked, handler, waiting };
}

const broken = (): Promise<void> => Promise.reject(new Error('postgresql://app:hu5h@host/db says password=hu5h'));
const PAST = sql`now() - interval '1 second'`;
const FUTURE = sql`now() + interval '1 hour'`;

describe('an event', () => {
  it('is written down with what happened, or not at all', async () => {
    const { database } = service.context;
    const refused = database.transaction(async (transaction) => {
      await record(transaction, 'thing.created', { id: 'x', version: 1 });
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    expect(await database.$count(outboxEventsTable)).toBe(0);
    await database.transaction((transaction) => record(transaction, 'thing.created', { id: 'x', version: 3 }));
    const [kept] = await database.select().from(outboxEventsTable);
    expect(kept).toMatchObject({ topic: 'thing.created', payload: { id: 'x', version: 3 }, attempts: 0, doneAt: null });
    expect(Object.keys(kept?.payload ?? {}).sort()).toEqual(['id', 'occurred_at', 'version']);
  });

  it('is handled once', async () => {
    const id = await event();
    const { handler, ids } = noted();
    const worker = working(handler);
    expect([await worker.batch(), await worker.batch()]).toEqual([1, 0]);
    expect(ids).toEqual([id]);
    const { doneAt, ...rest } = await found(id);
    expect(doneAt).not.toBeNull();
    expect(rest).toMatchObject({ failedAt: null, lockedUntil: null, attempts: 1 });
  });

  it('is handled once by all workers together', async () => {
    const wanted = await Promise.all(Array.from({ length: 45 }, () => event()));
    const { handler, ids } = noted();
    const workers = [working(handler), working(handler)];
    const all = async (worker: Worker): Promise<void> => {
      while ((await worker.batch()) > 0);
    };
    await Promise.all(workers.map(all));
    await all(working(handler));
    expect([...ids].sort()).toEqual([...wanted].sort());
  });

  it('that another worker looks at keeps nobody from the rest', async () => {
    const [taken, free] = [await event(), await event()];
    const { handler, ids } = noted();
    await service.context.database.transaction(async (transaction) => {
      await transaction.select().from(outboxEventsTable).where(eq(outboxEventsTable.id, taken)).for('update');
      expect(await working(handler).batch()).toBe(1);
    });
    expect(ids).toEqual([free]);
  });

  it('is one worker\'s own until its lease runs out', async () => {
    const id = await event();
    const { asked, handler, waiting } = held();
    const { add, results } = counting();
    const first = working(handler, {}, add).batch();
    await asked;
    const { handler: second, ids } = noted();
    expect(await working(second).batch()).toBe(0);
    await service.context.database.update(outboxEventsTable).set({ lockedUntil: PAST });
    expect(await working(second).batch()).toBe(1);
    const before = await found(id);
    waiting[0]?.reject(new Error('too late'));
    await first;
    expect(ids).toEqual([id]);
    expect(await found(id)).toEqual(before);
    expect(before).toMatchObject({ attempts: 2, lastError: null });
    expect(results).toEqual([]);
  });

  it('has a lease that outlasts its handler', async () => {
    const id = await event();
    const { asked, handler, waiting } = held();
    const batch = working(handler).batch();
    await asked;
    const seconds = sql<number>`extract(epoch FROM locked_until - created_at)::float8`;
    const [lease] = await service.context.database.select({ seconds }).from(outboxEventsTable).where(eq(outboxEventsTable.id, id));
    expect(lease?.seconds).toBeGreaterThan(service.context.config.jobSeconds);
    waiting[0]?.resolve();
    await batch;
  });

  it.each([
    ['is to come later', { availableAt: FUTURE }],
    ['is another worker\'s', { lockedUntil: FUTURE }],
    ['is done', { doneAt: PAST }],
    ['failed', { failedAt: PAST }],
  ])('that %s is left alone', async (_why, over) => {
    const id = await event();
    await service.context.database.update(outboxEventsTable).set(over).where(eq(outboxEventsTable.id, id));
    expect(await working(noted().handler).batch()).toBe(0);
  });

  it('that nobody handles is done', async () => {
    const ids = [await event({ topic: 'other.created' }), await event({ topic: 'constructor' })];
    expect(await working(broken).batch()).toBe(2);
    for (const id of ids) {
      expect((await found(id)).doneAt).not.toBeNull();
    }
  });
});

describe('a handler that fails', () => {
  it('has the event come again, later', async () => {
    const id = await event();
    const before = await found(id);
    await working(broken).batch();
    const after = await found(id);
    expect(after).toMatchObject({ attempts: 1, doneAt: null, failedAt: null, lockedUntil: null });
    expect(after.availableAt).not.toBe(before.availableAt);
    expect(after.lastError).toContain('says');
    expect(after.lastError).not.toContain('hu5h');
  });

  it('has it fail for good in the end', async () => {
    const id = await event({ attempts: service.context.config.jobAttempts - 1 });
    await working(broken).batch();
    const { attempts, doneAt, failedAt } = await found(id);
    expect([attempts, doneAt]).toEqual([service.context.config.jobAttempts, null]);
    expect(failedAt).not.toBeNull();
    await service.context.database.update(outboxEventsTable).set({ availableAt: PAST });
    expect(await working(noted().handler).batch()).toBe(0);
  });

  it('is one that never ends, too', async () => {
    const id = await event();
    const aborted: boolean[] = [];
    const endless: Handler = (_event, { signal }) =>
      new Promise(() => {
        signal.addEventListener('abort', () => aborted.push(true));
      });
    await working(endless, { jobSeconds: 0.01 }).batch();
    const { attempts, doneAt, lastError } = await found(id);
    expect([attempts, doneAt]).toEqual([1, null]);
    expect(lastError).toContain('longer than');
    expect(aborted).toEqual([true]);
  });

  it('keeps no other event from being handled', async () => {
    const [bad, good] = [await event(), await event()];
    await working(({ id }) => (id === bad ? broken() : Promise.resolve())).batch();
    expect((await found(good)).doneAt).not.toBeNull();
    expect((await found(bad)).doneAt).toBeNull();
  });

  it.each([
    [1, 1],
    [2, 2],
    [5, 16],
    [13, 3600],
    [100, 3600],
  ])('is waited for after %d attempts at most %d seconds', (attempts, most) => {
    expect(backoffSeconds(attempts, 1)).toBe(most);
    expect(backoffSeconds(attempts, 0)).toBe(0);
  });

  it('leaves an error that is short', () => {
    expect(toldOf(new Error('x'.repeat(10_000))).length).toBeLessThanOrEqual(500);
    expect(toldOf('token: abc\0')).toBe('token: ***');
  });
});

describe('an event that workers die of', () => {
  it('fails after its attempts, and is not given out again', async () => {
    const id = await event();
    for (const attempt of [1, 2, 3]) {
      expect(await dying({ jobAttempts: 3 })).toEqual([attempt]);
    }
    const { handler, ids } = noted();
    const { add, results } = counting();
    const worker = working(handler, { jobAttempts: 3 }, add);
    expect([await worker.batch(), await worker.batch()]).toEqual([1, 0]);
    expect([ids, results]).toEqual([[], ['failed']]);
    const { failedAt, ...rest } = await found(id);
    expect(failedAt).not.toBeNull();
    expect(rest).toMatchObject({ attempts: 3, doneAt: null, lockedUntil: null, lastError: expect.stringContaining('without an answer') as unknown });
  });

  it('costs no other event more than one attempt', async () => {
    const first = await Promise.all([event(), event()]);
    expect(await dying()).toEqual([1, 1]);
    await service.context.database.update(outboxEventsTable).set({ availableAt: sql`now() - interval '1 hour'` });
    await Promise.all([event(), event(), event()]);
    const { handler, ids } = noted();
    const worker = working(handler);
    expect([await worker.batch(), await worker.batch(), await worker.batch()]).toEqual([1, 1, 3]);
    expect(ids.slice(0, 2).sort()).toEqual([...first].sort());
  });

  it('keeps its error where it failed before its attempts were fewer', async () => {
    const id = await event({ attempts: 5, lastError: 'Error: broken' });
    expect(await working(noted().handler, { jobAttempts: 5 }).batch()).toBe(1);
    expect(await found(id)).toMatchObject({ attempts: 5, doneAt: null, lastError: 'Error: broken', failedAt: expect.any(String) as unknown });
  });
});

describe('what is done', () => {
  it('is removed after a while, what failed is not', async () => {
    const old = sql`now() - interval '8 days'`;
    const [over, failed, fresh] = [await event(), await event(), await event()];
    const { database } = service.context;
    await database.update(outboxEventsTable).set({ doneAt: old }).where(eq(outboxEventsTable.id, over));
    await database.update(outboxEventsTable).set({ failedAt: old }).where(eq(outboxEventsTable.id, failed));
    await database.update(outboxEventsTable).set({ doneAt: PAST }).where(eq(outboxEventsTable.id, fresh));
    await forgetEvents(database, 7);
    const left = await database.select({ id: outboxEventsTable.id }).from(outboxEventsTable);
    expect(left.map(({ id }) => id).sort()).toEqual([failed, fresh].sort());
  });
});

describe('a worker that is stopped', () => {
  it('ends what is under way, and takes no more', async () => {
    const id = await event();
    const { asked, handler, waiting } = held();
    const worker = working(handler);
    const running = worker.run();
    await asked;
    const later = await event();
    worker.stop();
    waiting[0]?.resolve();
    await running;
    expect((await found(id)).doneAt).not.toBeNull();
    expect(await found(later)).toMatchObject({ doneAt: null, lockedUntil: null });
  });

  it('gives back what does not end', async () => {
    const ids = await Promise.all([event(), event()]);
    const aborted: string[] = [];
    const { asked, handler, waiting } = held();
    const endless: Handler = (one, job) => {
      job.signal.addEventListener('abort', () => aborted.push(one.id));
      return handler();
    };
    const worker = working(endless);
    const running = worker.run();
    await asked;
    worker.stop();
    await worker.giveBack();
    expect([...aborted].sort()).toEqual([...ids].sort());
    waiting.forEach(({ reject }) => {
      reject(new Error('too late'));
    });
    await running;
    for (const id of ids) {
      expect(await found(id)).toMatchObject({ attempts: 0, doneAt: null, lockedUntil: null, lastError: null });
    }
  });

  it('leaves to their leases what it cannot give back', async () => {
    const id = await event();
    const { asked, handler, waiting } = held();
    const worker = working(handler);
    const running = worker.run();
    await asked;
    worker.stop();
    const update = vi.spyOn(service.context.database, 'update').mockImplementation(() => {
      throw new Error('no database');
    });
    await worker.giveBack();
    update.mockRestore();
    const { attempts, lockedUntil } = await found(id);
    expect(attempts).toBe(1);
    expect(lockedUntil).not.toBeNull();
    waiting[0]?.resolve();
    await running;
    expect((await found(id)).doneAt).not.toBeNull();
  });

  it('ends while it waits', async () => {
    const worker = working(noted().handler, { jobPollSeconds: 3600 });
    const running = worker.run();
    worker.stop();
    await running;
    expect(await service.context.database.$count(outboxEventsTable)).toBe(0);
  });
});

describe('the process', () => {
  it('tells how it is, and ends', async () => {
    const id = await event();
    const { asked, handler, waiting } = held();
    const { databaseUrl } = service.context.config;
    const config = readConfig({ ...SETTINGS, DATABASE_URL: databaseUrl, WORKER_PORT: '0' });
    const { server, stop } = await startWorker(config, { ...ours, 'thing.created': handler });
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    await asked;
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect((await fetch(`${url}/none`)).status).toBe(404);
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/jobs_oldest_seconds/);
    waiting[0]?.resolve();
    while ((await found(id)).doneAt === null);
    const counted = /jobs_total\{[^}]*topic="thing\.created"[^}]*result="done"[^}]*\} 1/;
    let text = '';
    while (!counted.test(text)) {
      text = await (await fetch(`${url}/metrics`)).text();
    }
    await stop();
    expect(server.listening).toBe(false);
  });
});

describe('the process that is told to stop', () => {
  it('has given back what did not end', async () => {
    const id = await event();
    const { asked, handler } = held();
    const { databaseUrl } = service.context.config;
    const config = readConfig({ ...SETTINGS, DATABASE_URL: databaseUrl, WORKER_PORT: '0', SHUTDOWN_SECONDS: '1' });
    const { stop } = await startWorker(config, { 'thing.created': handler });
    await asked;
    await stop();
    expect(await found(id)).toMatchObject({ attempts: 0, doneAt: null, lockedUntil: null });
  });
});

describe('the handlers of this service', () => {
  it.each(Object.keys(ours))('take %s', async (topic) => {
    const id = await event({ topic });
    const { config, database, logger } = service.context;
    const meter = new MeterProvider().getMeter('tests');
    await makeWorker({ config, database, logger, meter }, ours).batch();
    expect((await found(id)).doneAt).not.toBeNull();
  });
});
