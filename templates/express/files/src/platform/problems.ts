/** Problems as RFC 9457 has them: every error of the service has this one form. */

import { STATUS_CODES } from 'node:http';

import type { Response } from 'express';

const MOST_ERRORS = 100;
const LONGEST_DETAIL = 2000;

/** One value that is not as it should be. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

export interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** What went wrong, ready to be answered with. */
export class Problem extends Error {
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly status: number,
    detail = '',
    options: ProblemOptions = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
  }

  /** Answers a request with it. */
  send(response: Response): void {
    const title = titleOf(this.status);
    response
      .status(this.status)
      .set(this.headers)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `/problems/${title.toLowerCase().replace(/[^a-z]+/g, '-')}`,
          title,
          status: this.status,
          ...(this.message === '' ? {} : { detail: this.message.slice(0, LONGEST_DETAIL) }),
          ...(this.errors.length === 0 ? {} : { errors: this.errors.slice(0, MOST_ERRORS) }),
        }),
      );
  }
}

/** There is no token, or one that is not valid. */
export function unauthorized(detail: string, challenge = 'Bearer'): Problem {
  return new Problem(401, detail, { headers: { 'WWW-Authenticate': challenge } });
}

/** The caller may not do it. */
export function forbidden(detail = 'You may not do this.'): Problem {
  return new Problem(403, detail);
}

/** There is no such thing, or none that the caller may see. */
export function notFound(detail = 'There is nothing here.'): Problem {
  return new Problem(404, detail);
}

/** It contradicts what is there. */
export function conflict(detail: string): Problem {
  return new Problem(409, detail);
}

/** Some values are not as the contract says. */
export function invalid(errors: readonly FieldError[]): Problem {
  return new Problem(422, 'Some values are wrong.', { errors });
}

/** It cannot be done just now. */
export function unavailable(detail: string): Problem {
  return new Problem(503, detail, { headers: { 'Retry-After': '1' } });
}

function titleOf(status: number): string {
  return status === 413
    ? 'Content Too Large'
    : status === 422
      ? 'Unprocessable Content'
      : (STATUS_CODES[status] ?? 'Unknown');
}
