/** Lists page by page: a page goes on after the last row of the one before, whatever came or went. */

import { and, asc, desc, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';

import { notFound } from './problems.js';
import { asked } from './values.js';

const MOST_ROWS = 100;
const USUAL_ROWS = 20;
const CURSOR = /^[A-Za-z0-9_-]{1,1024}$/;

export const limit = asked.integer(1, MOST_ROWS).default(USUAL_ROWS);
export const cursor = z.string().regex(CURSOR, 'expected what `next_cursor` gave').optional();

/** An order of a list: a column, ties broken by the key. */
export interface Order<Row> {
  readonly name: string;
  readonly column: PgColumn;
  readonly key: PgColumn;
  readonly descending: boolean;
  readonly nullable: boolean;
  /** What the column holds in a row. */
  readonly valueOf: (row: Row) => Sortable;
  /** What a value of the column looks like in a cursor. */
  readonly value: z.ZodType<Sortable>;
}

/** A value that rows are ordered by, as a cursor holds it. */
export type Sortable = string | number | boolean | null;

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

interface Position {
  readonly value: Sortable;
  readonly key: string;
}

/** Gives what the database puts the rows in order by; NULLs are the greatest. */
export function ordering<Row>(order: Order<Row>): SQL[] {
  const way = order.descending ? desc : asc;
  return [way(order.column), way(order.key)];
}

/** Gives the condition of the rows that come after a cursor; none without. */
export function after<Row>(order: Order<Row>, text: string | undefined, key: z.ZodType): SQL | undefined {
  if (text === undefined) {
    return undefined;
  }
  const position = decoded(text, order, key);
  const { column, descending } = order;
  if (position.value === null) {
    const later = descending ? sql`${order.key} < ${position.key}` : sql`${order.key} > ${position.key}`;
    const same = and(isNull(column), later);
    return descending ? or(same, isNotNull(column)) : same;
  }
  const here = sql`(${column}, ${order.key})`;
  const there = sql`(${sql.param(position.value, column)}, ${position.key})`;
  if (descending) {
    return sql`${here} < ${there}`;
  }
  const beyond = sql`${here} > ${there}`;
  return order.nullable ? or(beyond, isNull(column)) : beyond;
}

/** Gives a page of the rows that were found, of which there is one more than asked for, if any. */
export function page<Row extends { readonly id: unknown }>(
  order: Order<Row>,
  found: readonly Row[],
  most: number,
): Page<Row> {
  const rows = found.slice(0, most);
  const last = rows.at(-1);
  return { rows, next: found.length > most && last !== undefined ? encoded(order, last) : null };
}

function encoded<Row extends { readonly id: unknown }>(order: Order<Row>, row: Row): string {
  return Buffer.from(JSON.stringify([order.name, order.valueOf(row), String(row.id)])).toString('base64url');
}

function decoded<Row>(text: string, order: Order<Row>, key: z.ZodType): Position {
  try {
    const [, value, id] = z
      .tuple([z.literal(order.name), order.nullable ? order.value.nullable() : order.value, z.string()])
      .parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    key.parse(id);
    return { value, key: id };
  } catch {
    throw notFound('There is no such position in this order; begin the list again.');
  }
}
