/** Questions in GraphQL, and what they were answered. */

import { type TestService, written } from './service.js';

/** What a question is sent with. */
export interface Question {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What went wrong with a part of it. */
export interface Fault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What a question was answered. */
export interface Told {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly Fault[];
  /** The codes of what went wrong. */
  readonly codes: readonly unknown[];
  readonly text: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** A page of rows. */
export interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Asks a service. */
export async function ask(service: TestService, query: string, { token, headers, ...more }: Question = {}): Promise<Told> {
  const got = await service.call('POST', '/graphql', { body: { query, ...more }, token, headers: headers ?? {} });
  const errors = (got.body['errors'] ?? []) as Fault[];
  const data = (got.body['data'] ?? {}) as Row;
  return { status: got.status, data, errors, codes: errors.map(({ extensions }) => extensions['code']), text: got.text };
}

/** Gives members of JSON as the schema has them: keys are text, choices have names. */
export function asGraph(
  members: Row,
  keys: readonly string[],
  names: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Row {
  const known = new Set(keys);
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, known.has(name) ? asKey(value) : (names[name]?.[String(value)] ?? value)]),
  );
}

function asKey(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asKey);
  }
  return value === null || value === undefined ? value : written(value);
}
