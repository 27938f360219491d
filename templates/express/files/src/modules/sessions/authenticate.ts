/** Who calls, by the token that came with the request. */

import type { RequestHandler } from 'express';

import { unauthorized } from '../../platform/problems.js';
import type { Tokens } from './tokens.js';

const BEARER = /^Bearer ([A-Za-z0-9._~+/-]{1,4096}=*)$/i;

/** Puts the caller to the request; refuses a token that is not valid, wherever it was sent. */
export function authenticate(tokens: Tokens): RequestHandler {
  return async (request, _response, next) => {
    const header = request.get('Authorization');
    if (header !== undefined) {
      const token = BEARER.exec(header)?.[1];
      const caller = token === undefined ? undefined : await tokens.verify(token);
      if (caller === undefined) {
        throw unauthorized('The token is not valid.', 'Bearer error="invalid_token"');
      }
      request.caller = caller;
    }
    next();
  };
}
