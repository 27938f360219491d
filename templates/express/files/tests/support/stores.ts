/** Stores for tests of the cache: one in memory, and a real one where `TEST_CACHE_URL` names it. */

import { randomUUID } from 'node:crypto';

import { pino } from 'pino';

import type { Store } from '../../src/platform/cache.js';
import { redisStore } from '../../src/platform/redis.js';

/** What was put into a store. */
export interface Put {
  readonly key: string;
  readonly value: string;
  readonly ms: number;
}

/** A store that tells what was put into it, and fails or hangs when it is told to. */
export class SpiedStore implements Store {
  readonly puts: Put[] = [];
  asked = 0;
  /** What is done before anything is put. */
  beforePut: () => Promise<void> = () => Promise.resolve();
  state: 'well' | 'dead' | 'silent' = 'well';

  constructor(readonly inner: Store = new MemoryStore()) {}

  get(key: string): Promise<string | null> {
    return this.#answer(() => this.inner.get(key));
  }

  add(key: string, value: string, ms: number): Promise<void> {
    return this.#put({ key, value, ms }, () => this.inner.add(key, value, ms));
  }

  put(key: string, value: string, ms: number): Promise<void> {
    return this.#put({ key, value, ms }, () => this.inner.put(key, value, ms));
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  #put(what: Put, work: () => Promise<void>): Promise<void> {
    return this.#answer(async () => {
      await this.beforePut();
      this.puts.push(what);
      await work();
    });
  }

  #answer<Value>(work: () => Promise<Value>): Promise<Value> {
    this.asked += 1;
    switch (this.state) {
      case 'well':
        return work();
      case 'dead':
        return Promise.reject(new Error('the store is dead'));
      case 'silent':
        return new Promise(() => undefined);
    }
  }
}

/** Gives a store for a whole service. */
export function anyStore(): SpiedStore {
  const [, make] = stores.at(-1) ?? [];
  return make?.() ?? new SpiedStore();
}

/** A store in memory, whose values stay. */
export class MemoryStore implements Store {
  readonly values = new Map<string, string>();

  get(key: string): Promise<string | null> {
    return Promise.resolve(this.values.get(key) ?? null);
  }

  add(key: string, value: string): Promise<void> {
    if (!this.values.has(key)) {
      this.values.set(key, value);
    }
    return Promise.resolve();
  }

  put(key: string, value: string): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const REAL = process.env['TEST_CACHE_URL'] ?? '';
const PATIENCE_MS = 20_000;
const LASTING_MS = 600_000;

/** Gives a real store with keys of its own, whose values stay for as long as any test takes. */
function realStore(): Store {
  const inner = redisStore(REAL, pino({ level: 'silent' }), PATIENCE_MS);
  const prefix = `${randomUUID()}:`;
  return {
    get: (key) => inner.get(prefix + key),
    add: (key, value) => inner.add(prefix + key, value, LASTING_MS),
    put: (key, value) => inner.put(prefix + key, value, LASTING_MS),
    close: () => inner.close(),
  };
}

/** What makes a store that nobody else uses, by its name; the one that is most like those in use comes last. */
export const stores: [string, () => SpiedStore][] = [
  ['memory', () => new SpiedStore()],
  ...(REAL === '' ? [] : [['redis', () => new SpiedStore(realStore())] as [string, () => SpiedStore]]),
];
