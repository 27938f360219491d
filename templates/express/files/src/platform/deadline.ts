/** An end to waiting: a request that takes too long is answered, whatever it waits for. */

import type { RequestHandler } from 'express';

import { unavailable } from './problems.js';

/** Answers with 503 once the time is up. */
export function deadline(seconds: number): RequestHandler {
  return (_request, response, next) => {
    const timer = setTimeout(() => {
      if (!response.headersSent) {
        unavailable('It took too long.').send(response);
      }
    }, seconds * 1000);
    response.once('close', () => {
      clearTimeout(timer);
    });
    next();
  };
}
