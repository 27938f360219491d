/** The contract: the OpenAPI document that stands beside the code, served as it is. */

import { readFileSync } from 'node:fs';

import { Router } from 'express';

import { onlyMethods } from './methods.js';

const DOCUMENT = new URL('../../openapi.json', import.meta.url);

/** Gives the route `/openapi.json`. */
export function contractRoutes(): Router {
  const document = readFileSync(DOCUMENT);
  const router = Router({ strict: true, caseSensitive: true });
  router
    .route('/openapi.json')
    .get((_request, response) => {
      response.type('application/json').send(document);
    })
    .all(onlyMethods('GET'));
  return router;
}
