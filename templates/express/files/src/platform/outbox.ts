/** What happened, written down in the transaction in which it did: what is rolled back never happened. */

import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

import { instant, type Transaction } from './database.js';
import { newId } from './ids.js';
import { stringify } from './json.js';
import { now } from './values.js';

/** What is told of a row: which one it is, never what stands in it. */
export interface Payload {
  readonly id: string | number;
  readonly version: number;
  readonly occurred_at: string;
}

export const outboxEventsTable = pgTable(
  'outbox_events',
  {
    id: uuid('id').primaryKey(),
    topic: text('topic').notNull(),
    payload: jsonb('payload').$type<Payload>().notNull(),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    availableAt: instant('available_at')
      .notNull()
      .default(sql`now()`),
    /** How often a worker took it. */
    attempts: integer('attempts').notNull().default(0),
    lockedUntil: instant('locked_until'),
    lastError: text('last_error'),
    doneAt: instant('done_at'),
    failedAt: instant('failed_at'),
  },
  (table) => [
    index('outbox_events_available_at_idx')
      .on(table.availableAt)
      .where(sql`done_at IS NULL AND failed_at IS NULL`),
    index('outbox_events_done_at_idx').on(table.doneAt),
  ],
);

export type OutboxEvent = typeof outboxEventsTable.$inferSelect;

/** Writes down what happened to a row. */
export async function record(
  transaction: Transaction,
  topic: string,
  row: { readonly id: string | bigint; readonly version: number },
): Promise<void> {
  const payload = stringify({ id: row.id, version: row.version, occurred_at: now() });
  await transaction.insert(outboxEventsTable).values({ id: newId(), topic, payload: sql`${payload}::jsonb` });
}
