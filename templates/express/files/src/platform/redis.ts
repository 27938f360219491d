/** The cache's store on Redis: one connection a process, opened with the first use and again after it broke. */

import { setTimeout } from 'node:timers/promises';

import { createClient } from '@redis/client';
import type { Logger } from 'pino';

import type { Store } from './cache.js';

const PATIENCE_MS = 100;
const AGAIN_MS = 1000;

/**
 * Gives a store on a server; what is asked while there is no connection fails at once.
 *
 * A connection, and each command, may take `patienceMs`.
 */
export function redisStore(url: string, logger: Logger, patienceMs = PATIENCE_MS): Store {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    commandOptions: { timeout: patienceMs },
    socket: { connectTimeout: patienceMs, reconnectStrategy: AGAIN_MS, keepAlive: true },
  });
  client.on('error', (error: unknown) => {
    logger.debug({ err: error }, 'the connection to the cache broke');
  });
  const opened = Promise.race([client.connect(), setTimeout(patienceMs, undefined, { ref: false })]).catch(() => undefined);
  return {
    get: async (key) => {
      await opened;
      return client.get(key);
    },
    add: async (key, value, ms) => {
      await opened;
      await client.set(key, value, { condition: 'NX', expiration: { type: 'PX', value: ms } });
    },
    put: async (key, value, ms) => {
      await opened;
      await client.set(key, value, { expiration: { type: 'PX', value: ms } });
    },
    close: () => {
      client.destroy();
      return Promise.resolve();
    },
  };
}
