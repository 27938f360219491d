/** Requests read by their schemas: what comes out is typed, what does not fit is told value by value. */

import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';

import { parse } from './json.js';
import { invalid, notFound, Problem } from './problems.js';

const LONGEST_DETAIL = 500;

/** Reads the body of a request, of some media types alone; `limit` is in bytes. */
export function body(limit: number, ...kinds: readonly string[]): RequestHandler {
  const read: RequestHandler = express.raw({ type: () => true, limit });
  return (request, response, next) => {
    const said = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (!kinds.includes(said)) {
      throw new Problem(415, `Send ${kinds.join(' or ')}.`);
    }
    read(request, response, next);
  };
}

/** Gives the body of a request as its schema has it. */
export function readBody<Schema extends z.ZodType>(schema: Schema, request: Request): z.output<Schema> {
  return checked(schema, bare(decoded(rawBody(request))), '');
}

/** Gives the body of a request as it was sent. */
export function rawBody(request: Request): Buffer {
  const sent: unknown = request.body;
  return Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
}

/** Gives the query of a request as its schema has it. */
export function readQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.output<Schema> {
  return checked(schema, bare(request.query), 'query');
}

/** Gives a header as its schema has it. */
export function readHeader<Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
  name: string,
): z.output<Schema> {
  return checked(schema, request.get(name), `header/${name}`);
}

/** Gives the key in the path; one that cannot be a key leads nowhere. */
export function readKey<Schema extends z.ZodType>(schema: Schema, request: Request): z.output<Schema> {
  const found = schema.safeParse(request.params['id']);
  if (!found.success) {
    throw notFound();
  }
  return found.data;
}

/** Refuses a caller who takes no JSON. */
export const acceptsJson: RequestHandler = (request, _response, next) => {
  if (request.accepts('application/json') === false) {
    throw new Problem(406, 'There is application/json alone.');
  }
  next();
};

/** Gives an object without what all objects have: a member that was not sent is not there. */
function bare(value: unknown): unknown {
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return plain ? Object.setPrototypeOf({ ...value }, null) : value;
}

function decoded(sent: Buffer): unknown {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(sent));
  } catch {
    throw new Problem(400, 'The body is no JSON.');
  }
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, where: string): z.output<Schema> {
  const found = schema.safeParse(value);
  if (found.success) {
    return bare(found.data) as z.output<Schema>;
  }
  throw invalid(
    found.error.issues.flatMap((issue) =>
      (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]).map(
        (path) => ({
          pointer: [where, ...path.map((step) => escaped(String(step)))].join('/').slice(0, LONGEST_DETAIL),
          detail: detailOf(issue).slice(0, LONGEST_DETAIL),
        }),
      ),
    ),
  );
}

/** Tells what was expected; what was sent comes into no answer. */
function detailOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys' ? 'is not known here' : issue.message;
}

/** Writes a step of a JSON pointer; a NUL stands in no answer. */
function escaped(step: string): string {
  return step.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('\0', '\uFFFD');
}
