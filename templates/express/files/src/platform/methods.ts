/** Methods that a path does not know. */

import type { RequestHandler } from 'express';

import { Problem } from './problems.js';

/** Refuses what comes after the methods that a path knows, and tells them. */
export function onlyMethods(...known: readonly string[]): RequestHandler {
  const allow = known.join(', ');
  return (request) => {
    throw new Problem(405, `${request.method} is not known here.`, { headers: { Allow: allow } });
  };
}
