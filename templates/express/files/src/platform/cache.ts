/**
 * Rows kept beside the database for a while: a cache that is never in the way.
 *
 * Once a transaction is committed its writer puts a tombstone in the place of what it changed; readers fill only where
 * nothing is. So no reader that loaded a row before the commit can put it back. Whatever is wrong with the store, the
 * database answers: a store that fails is left alone for a while, and what it should have forgotten is sent to it before
 * it is read again.
 */

import type { Logger } from 'pino';
import type { z } from 'zod';

/** Where values stand for a while, by their keys. Each call may fail, or never end. */
export interface Store {
  get(key: string): Promise<string | null>;
  /** Puts a value where none is. */
  add(key: string, value: string, ms: number): Promise<void>;
  /** Puts a value in the place of whatever is there. */
  put(key: string, value: string, ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Rows of one kind, as they are kept. */
export interface Kind<Row> {
  readonly resource: string;
  /** What their keys begin with; another one where rows look otherwise. */
  readonly prefix: string;
  /** What reads a row that was kept. */
  readonly schema: z.ZodType<Row>;
}

/** What became of a request for a row. */
export type Result = 'hit' | 'miss' | 'missing' | 'bypass' | 'error';

export interface CacheOptions {
  /** For how long a row is kept. */
  readonly seconds: number;
  /** For how long it is kept that there is none. */
  readonly missingSeconds: number;
  /** How long the store may take for an answer. */
  readonly patienceMs?: number;
  /** Gives the time that went by, in milliseconds. */
  readonly clock?: () => number;
  /** Gives a number from 0 to 1. */
  readonly random?: () => number;
}

interface Flight {
  readonly began: number;
  readonly row: Promise<unknown>;
}

/** For how long nothing is filled in after a write. */
export const TOMBSTONE_MS = 5000;
/** What took longer to load is not filled in: the tombstone of a write meanwhile may be gone. */
export const FRESH_MS = 3000;
/** For how long a store that failed is left alone. */
export const QUIET_MS = 5000;
/** How many keys wait at most for a store that failed. */
export const MOST_UNSENT = 10_000;

const PATIENCE_MS = 100;
const BATCH = 100;
const JITTER = 0.1;
const TOMBSTONE = '!';
const MISSING = '-';

export class Cache {
  /** How often each became of the requests for each resource. */
  readonly counts = new Map<string, Map<Result, number>>();
  readonly #store: Store | undefined;
  readonly #logger: Logger;
  readonly #options: Required<CacheOptions>;
  readonly #flights = new Map<string, Flight>();
  readonly #unsent = new Set<string>();
  #sending = false;
  #quietUntil = -Infinity;

  /** Without a store all rows come from the database. */
  constructor(store: Store | undefined, logger: Logger, options: CacheOptions) {
    this.#store = store;
    this.#logger = logger;
    this.#options = { patienceMs: PATIENCE_MS, clock: () => performance.now(), random: Math.random, ...options };
  }

  /** Gives a row: as it is kept, or as it is loaded. */
  async find<Row>(
    { resource, prefix, schema }: Kind<Row>,
    id: string | bigint,
    load: () => Promise<Row | undefined>,
  ): Promise<Row | undefined> {
    const key = keyOf(prefix, id);
    const store = this.#usable();
    if (store === undefined) {
      this.count(resource, 'bypass');
      return load();
    }
    let kept: string | null;
    try {
      kept = await this.#answered(store.get(key));
    } catch (error) {
      this.#fail(error);
      this.count(resource, 'error');
      return load();
    }
    if (kept === TOMBSTONE) {
      this.count(resource, 'bypass');
      return load();
    }
    if (kept === MISSING) {
      this.count(resource, 'missing');
      return undefined;
    }
    const row = kept === null ? undefined : decoded(schema, kept);
    this.count(resource, row === undefined ? 'miss' : 'hit');
    if (row !== undefined) {
      return row;
    }
    if (kept !== null) {
      await this.forget([key]);
    }
    return this.#loadedOnce(key, load);
  }

  /** Forgets what stands at some keys; called once their transaction is committed, never before. */
  async forget(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#flights.delete(key);
    }
    const store = this.#store;
    if (store === undefined) {
      return;
    }
    if (this.#isQuiet()) {
      this.#keep(keys);
      return;
    }
    await this.#bury(store, keys);
  }

  /** Counts what became of a request. */
  count(resource: string, result: Result): void {
    const results = this.counts.get(resource) ?? new Map<Result, number>();
    this.counts.set(resource, results.set(result, (results.get(result) ?? 0) + 1));
  }

  async close(): Promise<void> {
    await this.#store?.close();
  }

  /** Gives the store if it may be read; sends it first what it should have forgotten, for which nobody waits. */
  #usable(): Store | undefined {
    const store = this.#store;
    if (store === undefined || this.#isQuiet() || this.#sending) {
      return undefined;
    }
    if (this.#unsent.size === 0) {
      return store;
    }
    const keys = [...this.#unsent];
    this.#unsent.clear();
    this.#sending = true;
    void this.#bury(store, keys).finally(() => {
      this.#sending = false;
    });
    return undefined;
  }

  async #loadedOnce<Row>(key: string, load: () => Promise<Row | undefined>): Promise<Row | undefined> {
    const now = this.#options.clock();
    const flying = this.#flights.get(key);
    if (flying !== undefined && now - flying.began < FRESH_MS) {
      return flying.row as Promise<Row | undefined>;
    }
    const flight = { began: now, row: this.#filled(key, load, now) };
    this.#flights.set(key, flight);
    try {
      return await flight.row;
    } finally {
      if (this.#flights.get(key) === flight) {
        this.#flights.delete(key);
      }
    }
  }

  async #filled<Row>(key: string, load: () => Promise<Row | undefined>, began: number): Promise<Row | undefined> {
    const { clock, missingSeconds, seconds } = this.#options;
    const row = await load();
    const store = this.#usable();
    if (store !== undefined && clock() - began < FRESH_MS) {
      const [value, wanted] = row === undefined ? [MISSING, missingSeconds] : [encoded(row), seconds];
      try {
        await this.#answered(store.add(key, value, this.#jittered(wanted)));
      } catch (error) {
        this.#fail(error);
      }
    }
    return row;
  }

  /** Puts tombstones; what could not be sent is kept for the next time. */
  async #bury(store: Store, keys: readonly string[]): Promise<void> {
    for (let sent = 0; sent < keys.length; sent += BATCH) {
      const batch = keys.slice(sent, sent + BATCH);
      try {
        await this.#answered(Promise.all(batch.map((key) => store.put(key, TOMBSTONE, TOMBSTONE_MS))));
      } catch (error) {
        this.#fail(error);
        this.#keep(keys.slice(sent));
        return;
      }
    }
  }

  /** Keeps what could not be sent. What is too much is dropped; then nothing is read until all that is old is over. */
  #keep(keys: readonly string[]): void {
    for (const key of keys) {
      this.#unsent.delete(key);
      this.#unsent.add(key);
    }
    for (const key of this.#unsent) {
      if (this.#unsent.size <= MOST_UNSENT) {
        return;
      }
      this.#unsent.delete(key);
      this.#rest(longest(this.#options));
    }
  }

  #fail(error: unknown): void {
    if (!this.#isQuiet()) {
      this.#logger.warn({ err: error }, 'the cache is left alone for a while');
    }
    this.#rest(QUIET_MS);
  }

  #rest(ms: number): void {
    this.#quietUntil = Math.max(this.#quietUntil, this.#options.clock() + ms);
  }

  #isQuiet(): boolean {
    return this.#options.clock() < this.#quietUntil;
  }

  async #answered<Value>(asked: Promise<Value>): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error('the cache does not answer'));
      }, this.#options.patienceMs);
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Gives how long to keep a value, in milliseconds: never the same twice, so that not all are over at once. */
  #jittered(seconds: number): number {
    return Math.round(seconds * 1000 * (1 - JITTER + 2 * JITTER * this.#options.random()));
  }
}

/** Gives where a row stands. */
export function keyOf(prefix: string, id: string | bigint): string {
  return `${prefix}:${String(id)}`;
}

function longest({ missingSeconds, seconds }: Required<CacheOptions>): number {
  return Math.max(missingSeconds, seconds) * 1000 * (1 + JITTER);
}

function encoded(row: unknown): string {
  return JSON.stringify(row, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function decoded<Row>(schema: z.ZodType<Row>, text: string): Row | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
