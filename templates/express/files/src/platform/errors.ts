/** The last stop of every error: what is known becomes a problem, anything else a 500 and a log line. */

import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { DatabaseError } from 'pg';

import { conflict, notFound, Problem, unavailable } from './problems.js';

const UNIQUE = '23505';
const FOREIGN_KEY = '23503';
const RESTRICTED = '23001';
/** Classes of SQLSTATE that pass by themselves: connections, rollbacks, resources, operators. */
const PASSING = new Set(['08', '40', '53', '57']);
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN']);
const POOL_WORDS = /timeout exceeded when trying to connect|Connection terminated/;

/** Answers what no route took. */
export const noRoute: RequestHandler = () => {
  throw notFound();
};

/** Answers every error in one form. */
export const onError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const problem = problemOf(error);
  if (problem.status >= 500) {
    request.log.error({ err: error }, 'request failed');
  }
  if (response.headersSent) {
    if (!response.writableEnded) {
      next(error);
    }
    return;
  }
  problem.send(response);
};

/** Gives the problem that an error is to the caller, who learns nothing of the inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) {
    return error;
  }
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return ofDatabase(cause) ?? ofHttp(cause) ?? new Problem(500);
}

function ofDatabase(cause: unknown): Problem | undefined {
  if (!(cause instanceof Error)) {
    return undefined;
  }
  if (cause instanceof DatabaseError) {
    const state = cause.code ?? '';
    if (state === UNIQUE) {
      return conflict('A value that must be unique is taken.');
    }
    if (state === FOREIGN_KEY || state === RESTRICTED) {
      return conflict('A row that this one refers to is missing, or others refer to it.');
    }
    return PASSING.has(state.slice(0, 2)) ? unavailable('Try again in a moment.') : undefined;
  }
  const code = 'code' in cause ? cause.code : undefined;
  const unreachable = typeof code === 'string' && UNREACHABLE.has(code);
  return unreachable || POOL_WORDS.test(cause.message) ? unavailable('Try again in a moment.') : undefined;
}

/** Express and its body reader give their errors a status; those below 500 are the caller's. */
function ofHttp(cause: unknown): Problem | undefined {
  if (!(cause instanceof Error) || !('status' in cause) || typeof cause.status !== 'number') {
    return undefined;
  }
  const { status } = cause;
  return status >= 400 && status < 500 ? new Problem(status, status === 413 ? 'The body is too large.' : '') : undefined;
}
