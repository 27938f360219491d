/** What resolvers are made with: who asks, rows of a whole page at once, and what is sent as the routes have it. */

import DataLoader from 'dataloader';
import type { z } from 'zod';

import type { Context } from '../context.js';
import type { Caller } from './access.js';
import type { Page } from './paging.js';
import { notFound, Problem } from './problems.js';

const DIGITS = /^-?\d{1,19}$/;
const MOST_AT_ONCE = 1000;

/** A row, or part of an answer, as the schema has it. */
export type Shown = Readonly<Record<string, unknown>>;

/** Gives what a field of the schema holds. */
export type Resolver = (source: Shown, given: Readonly<Record<string, unknown>>, asking: Asking) => unknown;
/** What fields of a type hold; the others are members of what they are asked of. */
export type Resolvers = Readonly<Record<string, Resolver>>;

/** Finds those of some rows that the caller may see, each with its `id`. */
export type Batch = (asking: Asking, keys: readonly string[]) => Promise<readonly Shown[]>;

/** One request: who asks, and what was loaded for it. */
export class Asking {
  readonly #loaders = new Map<Batch, DataLoader<string, Shown | null>>();

  constructor(
    readonly context: Context,
    readonly caller: Caller | undefined,
  ) {}

  /** Gives the row of a key, found together with others; null where the caller may see none. */
  async load(batch: Batch, key: unknown): Promise<Shown | null> {
    return typeof key === 'string' ? this.#loader(batch).load(key) : null;
  }

  /** Gives the rows of some keys, those that the caller may see. */
  async loadAll(batch: Batch, keys: unknown): Promise<readonly Shown[]> {
    const found = await Promise.all(Array.isArray(keys) ? keys.map((key: unknown) => this.load(batch, key)) : []);
    return found.filter((row) => row !== null);
  }

  /** Forgets what was loaded: it is about to change. */
  forget(): void {
    this.#loaders.clear();
  }

  #loader(batch: Batch): DataLoader<string, Shown | null> {
    const known = this.#loaders.get(batch);
    if (known !== undefined) {
      return known;
    }
    const made = new DataLoader<string, Shown | null>(
      async (keys) => {
        const rows = await batch(this, keys).catch(hidden);
        const found = new Map(rows.map((row) => [row['id'], row]));
        return keys.map((key) => found.get(key) ?? null);
      },
      { maxBatchSize: MOST_AT_ONCE },
    );
    this.#loaders.set(batch, made);
    return made;
  }
}

/** What leads to rows tells nothing of those that the caller may not see. */
function hidden(error: unknown): readonly Shown[] {
  if (error instanceof Problem && [401, 403].includes(error.status)) {
    return [];
  }
  throw error;
}

/** Gives a key; one that cannot be a key leads nowhere. */
export function keyOf<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const found = schema.safeParse(given);
  if (!found.success) {
    throw notFound();
  }
  return found.data;
}

/** Gives the version that a caller wants to change, as its tag. */
export function versionOf(given: unknown): string {
  return `"${String(given)}"`;
}

/** Gives what was sent, with keys that are numbers as such; the schema has them as text. */
export function withKeys(sent: unknown, ...names: readonly string[]): unknown {
  const known = new Set(names);
  const members = Object.entries(sent as Shown);
  return Object.fromEntries(members.map(([name, value]) => [name, known.has(name) ? numbered(value) : value]));
}

function numbered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(numbered);
  }
  return typeof value === 'string' && DIGITS.test(value) ? BigInt(value) : value;
}

/** Gives how a list is asked for, as the query of its route has it, where all is text. */
export function asQuery({ first, after, orderBy, filter }: Readonly<Record<string, unknown>>): Record<string, string> {
  const asked = { ...(filter as Shown | null | undefined), limit: first, cursor: after, sort: orderBy };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** Gives a page as the schema has it: every row with its place in the list. */
export function connection<Row>({ rows, next, cursorOf }: Page<Row>, shown: (row: Row) => Shown): Shown {
  const edges = rows.map((row) => ({ cursor: cursorOf(row), node: shown(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: next !== null,
      hasPreviousPage: false,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
