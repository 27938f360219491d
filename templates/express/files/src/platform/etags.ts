/** Versions of rows, as strong entity tags: what is sent back to change no newer row than was read. */

import type { Request } from 'express';
import { z } from 'zod';

import { Problem } from './problems.js';
import { readHeader } from './validation.js';

const tags = z
  .string()
  .regex(/^[!-~](?:[ -~]{0,198}[!-~])?$/, 'expected ETags')
  .optional();
const tag = z.string().regex(/^"[A-Za-z0-9-]{1,64}"$/, 'expected an ETag such as "1"');

/** Gives the tag of a version. */
export function etag(version: number): string {
  return `"${String(version)}"`;
}

/** Gives the version that a caller wants to change. */
export function ifMatch(request: Request): string {
  if (request.get('If-Match') === undefined) {
    throw new Problem(428, 'Send `If-Match` with the version that you know.');
  }
  return readHeader(tag, request, 'If-Match');
}

/** Tells whether a caller has a version already; compared weakly, as RFC 9110 has it. */
export function isKnown(request: Request, version: number): boolean {
  const known = readHeader(tags, request, 'If-None-Match')?.split(',') ?? [];
  return known.some((each) => ['*', etag(version)].includes(each.trim().replace(/^W\//, '')));
}

/** Refuses to go on with another version than the caller knows. */
export function requireVersion(given: string, version: number): void {
  if (given !== etag(version)) {
    throw new Problem(412, 'The row was changed meanwhile; read it again.');
  }
}
