/** Whether the process lives, and whether it can serve: for what restarts it and what routes to it. */

import { Router } from 'express';
import type { Pool } from 'pg';

import type { Lifecycle } from '../context.js';
import { onlyMethods } from './methods.js';

const PATIENCE_MS = 2000;

/** Gives the routes `/health` and `/ready`. */
export function healthRoutes(pool: Pool, lifecycle: Lifecycle): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router
    .route('/health')
    .get((_request, response) => {
      response.json({ status: 'ok' });
    })
    .all(onlyMethods('GET'));
  router
    .route('/ready')
    .get(async (_request, response) => {
      const status = lifecycle.stopping ? 'stopping' : (await answers(pool)) ? 'ok' : 'no database';
      response.status(status === 'ok' ? 200 : 503).json({ status });
    })
    .all(onlyMethods('GET'));
  return router;
}

async function answers(pool: Pool): Promise<boolean> {
  const { promise, resolve } = deferred();
  const timer = setTimeout(resolve, PATIENCE_MS, false);
  try {
    return await Promise.race([pool.query('SELECT 1').then(() => true), promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function deferred(): { promise: Promise<boolean>; resolve: (value: boolean) => void } {
  let resolve: (value: boolean) => void = () => undefined;
  const promise = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
