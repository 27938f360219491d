/** Databases for tests: one is migrated, each file of tests gets a copy of it. */

import { randomBytes } from 'node:crypto';

import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

import { migrateTo } from '../../src/migrate.js';

declare module 'vitest' {
  interface ProvidedContext {
    template: string;
  }
}

/** Makes the database that is copied; gives what removes it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = await createDatabase();
  await migrateTo(addressOf(template));
  project.provide('template', template);
  return () => dropDatabase(template);
}

/** Makes a database, a copy of another or an empty one; gives its name. */
export async function createDatabase(template?: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await run(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  return name;
}

export async function dropDatabase(name: string): Promise<void> {
  await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** Gives the address of a database on the server for tests. */
export function addressOf(name: string): string {
  const address = new URL(serverAddress());
  address.pathname = `/${name}`;
  return address.href;
}

/** Gives what the database refused work by: a constraint, or the column that must have a value. */
export async function refusedBy(work: PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    if (cause instanceof pg.DatabaseError) {
      return cause.constraint ?? cause.column;
    }
    throw error;
  }
}

function serverAddress(): string {
  const address = process.env['TEST_DATABASE_URL'] ?? '';
  if (address === '') {
    throw new Error('TEST_DATABASE_URL: expected the address of a PostgreSQL whose role may create databases');
  }
  return address;
}

async function run(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverAddress() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
