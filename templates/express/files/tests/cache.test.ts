/** The cache: what it gives, what it forgets, and what becomes of requests when it fails. */

import { createServer } from 'node:net';

import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { Cache, type CacheOptions, FRESH_MS, type Kind, MOST_UNSENT, QUIET_MS, TOMBSTONE_MS } from '../src/platform/cache.js';
import { redisStore } from '../src/platform/redis.js';
import { SpiedStore, stores } from './support/stores.js';

interface Thing {
  readonly id: bigint;
  readonly name: string | null;
}

const KIND: Kind<Thing> = {
  resource: 'thing',
  prefix: 'test:thing:1',
  schema: z.object({ id: z.string().transform(BigInt), name: z.string().nullable() }),
};
const KEY = 'test:thing:1:7';
const OLD: Thing = { id: 7n, name: 'old' };
const NEW: Thing = { id: 7n, name: null };
const SECONDS = 300;
const MISSING_SECONDS = 30;
const LOG = pino({ level: 'silent' });

const open: Cache[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

/** Gives a cache on a store, with a clock that stands still until it is moved. */
function made(store: SpiedStore | undefined, more: Partial<CacheOptions> = {}) {
  const time = { now: 0 };
  const options = { seconds: SECONDS, missingSeconds: MISSING_SECONDS, patienceMs: 20_000, clock: () => time.now };
  const cache = new Cache(store, LOG, { ...options, ...more });
  open.push(cache);
  return { cache, time };
}

/** Gives what loads a row, and how often it did. */
function loading(row: Thing | undefined) {
  const counted = { times: 0 };
  const load = (): Promise<Thing | undefined> => {
    counted.times += 1;
    return Promise.resolve(row);
  };
  return { counted, load };
}

/** Gives what loads rows when it is told to, and tells when it was asked. */
function held() {
  const waiting: ((row: Thing | undefined) => void)[] = [];
  let tell: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const load = (): Promise<Thing | undefined> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      tell();
    });
  return { asked, load, waiting };
}

function counted(cache: Cache): Record<string, number> {
  return Object.fromEntries(cache.counts.get('thing') ?? []);
}

/** Lets everything go on that waits for nothing. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe.each(stores)('a cache in %s', (_name, store) => {
  it('gives a row that was read before as it was', async () => {
    const { cache } = made(store());
    const { counted: times, load } = loading(OLD);
    expect(await cache.find(KIND, 7n, load)).toEqual(OLD);
    expect(await cache.find(KIND, 7n, load)).toEqual(OLD);
    expect(times.times).toBe(1);
    expect(counted(cache)).toEqual({ miss: 1, hit: 1 });
  });

  it('remembers that there is none until one is made', async () => {
    const { cache } = made(store());
    const { counted: times, load } = loading(undefined);
    expect(await cache.find(KIND, 7n, load)).toBeUndefined();
    expect(await cache.find(KIND, 7n, load)).toBeUndefined();
    expect(times.times).toBe(1);
    await cache.forget([KEY]);
    expect(await cache.find(KIND, 7n, loading(NEW).load)).toEqual(NEW);
    expect(counted(cache)).toEqual({ miss: 1, missing: 1, bypass: 1 });
  });

  it('loads a row once for all who miss it at the same time', async () => {
    const { cache } = made(store());
    const { asked, load, waiting } = held();
    const all = Array.from({ length: 20 }, () => cache.find(KIND, 7n, load));
    await asked;
    while (counted(cache)['miss'] !== 20) {
      await settled();
    }
    waiting.forEach((give) => {
      give(OLD);
    });
    expect(await Promise.all(all)).toEqual(Array.from({ length: 20 }, () => OLD));
    expect(waiting).toHaveLength(1);
  });

  it('is not filled with what was loaded before a write', async () => {
    const { cache } = made(store());
    const { asked, load, waiting } = held();
    const early = cache.find(KIND, 7n, load);
    await asked;
    await cache.forget([KEY]);
    waiting[0]?.(OLD);
    expect(await early).toEqual(OLD);
    expect(await cache.find(KIND, 7n, loading(NEW).load)).toEqual(NEW);
  });

  it('is filled by nobody who meets a tombstone', async () => {
    const spied = store();
    const { cache } = made(spied);
    await cache.forget([KEY]);
    await cache.find(KIND, 7n, loading(OLD).load);
    expect(spied.puts.map(({ ms }) => ms)).toEqual([TOMBSTONE_MS]);
    expect(counted(cache)).toEqual({ bypass: 1 });
  });

  it('has others who come after a write load anew', async () => {
    const { cache } = made(store());
    const { asked, load, waiting } = held();
    const early = cache.find(KIND, 7n, load);
    await asked;
    await cache.forget([KEY]);
    expect(await cache.find(KIND, 7n, loading(NEW).load)).toEqual(NEW);
    waiting[0]?.(OLD);
    await early;
  });

  it.each(['{', '{}', '[]', 'null', '{"id":7,"name":"x"}', ''])('takes %s for no row', async (value) => {
    const spied = store();
    const { cache } = made(spied);
    await spied.put(KEY, value, 60_000);
    expect(await cache.find(KIND, 7n, loading(NEW).load)).toEqual(NEW);
    expect(counted(cache)).toEqual({ miss: 1 });
  });

  it('keeps rows a tenth longer or shorter, each differently', async () => {
    const spied = store();
    const chances = [0, 0.25, 0.999];
    const { cache } = made(spied, { random: () => chances.shift() ?? 0 });
    await cache.find(KIND, 1n, loading(OLD).load);
    await cache.find(KIND, 2n, loading(undefined).load);
    await cache.find(KIND, 3n, loading(OLD).load);
    const [first = 0, missing = 0, last = 0] = spied.puts.map(({ ms }) => ms);
    expect(first).toBe(SECONDS * 900);
    expect(missing).toBe(MISSING_SECONDS * 950);
    expect(last).toBeGreaterThan(SECONDS * 1000);
    expect(last).toBeLessThanOrEqual(SECONDS * 1100);
  });
});

describe('a load that fails or takes long', () => {
  it('fails those who wait for it, and nobody after them', async () => {
    const { cache } = made(new SpiedStore());
    const broken = () => Promise.reject(new Error('no database'));
    const both = await Promise.allSettled([cache.find(KIND, 7n, broken), cache.find(KIND, 7n, broken)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await cache.find(KIND, 7n, loading(OLD).load)).toEqual(OLD);
  });

  it('fills nothing, and nobody joins it', async () => {
    const spied = new SpiedStore();
    const { cache, time } = made(spied);
    const { asked, load, waiting } = held();
    const early = cache.find(KIND, 7n, load);
    await asked;
    time.now = FRESH_MS;
    expect(await cache.find(KIND, 7n, loading(NEW).load)).toEqual(NEW);
    spied.puts.splice(0);
    waiting[0]?.(OLD);
    expect(await early).toEqual(OLD);
    expect(spied.puts).toEqual([]);
  });
});

describe.each(['dead', 'silent'] as const)('a store that is %s', (state) => {
  const patience = { patienceMs: state === 'silent' ? 5 : 20_000 };

  it('fails no request, and is left alone for a while', async () => {
    const spied = new SpiedStore();
    const { cache, time } = made(spied, patience);
    spied.state = state;
    for (let times = 0; times < 3; times += 1) {
      expect(await cache.find(KIND, 7n, loading(OLD).load)).toEqual(OLD);
    }
    expect(spied.asked).toBe(1);
    expect(counted(cache)).toEqual({ error: 1, bypass: 2 });
    spied.state = 'well';
    time.now = QUIET_MS;
    await cache.find(KIND, 7n, loading(OLD).load);
    expect(counted(cache)['miss']).toBe(1);
  });

  it('is not filled, which fails nobody', async () => {
    const spied = new SpiedStore();
    const { cache } = made(spied, patience);
    const load = () => {
      spied.state = state;
      return Promise.resolve(OLD);
    };
    expect(await cache.find(KIND, 7n, load)).toEqual(OLD);
    expect(await cache.find(KIND, 7n, loading(OLD).load)).toEqual(OLD);
    expect(counted(cache)).toEqual({ miss: 1, bypass: 1 });
  });

  it('hears what it should have forgotten before it is read again', async () => {
    const spied = new SpiedStore();
    const { cache, time } = made(spied, patience);
    await cache.find(KIND, 7n, loading(OLD).load);
    spied.state = state;
    await cache.forget([KEY]);
    await cache.forget([`${KEY}7`]);
    spied.state = 'well';
    expect(await cache.find(KIND, 7n, loading(NEW).load)).toEqual(NEW);
    time.now = QUIET_MS;
    expect(await cache.find(KIND, 7n, loading(NEW).load)).toEqual(NEW);
    await settled();
    expect(await cache.find(KIND, 7n, loading(NEW).load)).toEqual(NEW);
    expect(spied.puts.slice(-2).map(({ key, ms }) => [key, ms])).toEqual([
      [KEY, TOMBSTONE_MS],
      [`${KEY}7`, TOMBSTONE_MS],
    ]);
  });
});

describe('a store that failed for long', () => {
  it('is not read until all that is old is over, where too much should have been forgotten', async () => {
    const spied = new SpiedStore();
    const { cache, time } = made(spied);
    spied.state = 'dead';
    await cache.forget(['first', ...Array.from({ length: MOST_UNSENT }, (_, at) => String(at))]);
    spied.state = 'well';
    time.now = SECONDS * 1100 - 1;
    await cache.find(KIND, 7n, loading(OLD).load);
    await settled();
    expect(spied.puts).toEqual([]);
    time.now = SECONDS * 1100;
    await cache.find(KIND, 7n, loading(OLD).load);
    while (spied.puts.length < MOST_UNSENT) {
      await settled();
    }
    expect(spied.puts.some(({ key }) => key === 'first')).toBe(false);
  });

  it('may fail again while it hears what it should have forgotten', async () => {
    const spied = new SpiedStore();
    const { cache, time } = made(spied);
    spied.state = 'dead';
    await cache.forget([KEY]);
    time.now = QUIET_MS;
    await cache.find(KIND, 7n, loading(OLD).load);
    await settled();
    spied.state = 'well';
    time.now = 2 * QUIET_MS;
    await cache.find(KIND, 7n, loading(OLD).load);
    await settled();
    expect(spied.puts.map(({ key }) => key)).toEqual([KEY]);
  });
});

describe('a cache as it is made for use', () => {
  it('gives what was read before', async () => {
    const cache = new Cache(new SpiedStore(), LOG, { seconds: SECONDS, missingSeconds: MISSING_SECONDS });
    expect(await cache.find(KIND, 7n, loading(OLD).load)).toEqual(OLD);
    expect(await cache.find(KIND, 7n, loading(OLD).load)).toEqual(OLD);
  });
});

describe('no store', () => {
  it('is as good as any', async () => {
    const { cache } = made(undefined);
    expect(await cache.find(KIND, 7n, loading(OLD).load)).toEqual(OLD);
    await cache.forget([KEY]);
    expect(counted(cache)).toEqual({ bypass: 1 });
  });

  it('is what a server is that is not there', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => free.close(resolve));
    const store = redisStore(`redis://127.0.0.1:${String(port)}`, LOG);
    await expect(store.add(KEY, '{}', 1000)).rejects.toThrow();
    await expect(store.put(KEY, '{}', 1000)).rejects.toThrow();
    const { cache } = made(new SpiedStore(store));
    expect(await cache.find(KIND, 7n, loading(OLD).load)).toEqual(OLD);
    await cache.forget([KEY]);
    expect(await cache.find(KIND, 7n, loading(NEW).load)).toEqual(NEW);
    expect(counted(cache)).toEqual({ error: 1, bypass: 1 });
  });
});
