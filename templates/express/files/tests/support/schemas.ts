/** The contract as an oracle: what its schemas refuse, told by the document and not by the code. */

import { readFileSync } from 'node:fs';

import { parse } from '../../src/platform/json.js';

type Schema = Readonly<Record<string, unknown>>;

/** A value that a member does not take. */
export interface Refused {
  readonly member: string;
  readonly why: string;
  readonly value: unknown;
}

const document = parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as Schema;
const schemas = at(at(document, 'components'), 'schemas');

/** Gives every operation of the contract. */
export function operations(): readonly { readonly path: string; readonly method: string }[] {
  return Object.entries(at(document, 'paths')).flatMap(([path, item]) =>
    Object.keys(item as Schema)
      .filter((method) => method !== 'parameters')
      .map((method) => ({ path, method: method.toUpperCase() })),
  );
}

/** Gives the members that a schema requires. */
export function required(name: string): readonly string[] {
  return (at(schemas, name)['required'] ?? []) as string[];
}

/** Gives what the members of a schema do not take: another type, and each bound passed by one. */
export function refused(name: string): readonly Refused[] {
  return Object.entries(at(at(schemas, name), 'properties')).flatMap(([member, schema]) =>
    ofMember(schema as Schema).map(([why, value]) => ({ member, why, value })),
  );
}

/** Gives what the members of a schema take, at their very ends. */
export function accepted(name: string): readonly Refused[] {
  return Object.entries(at(at(schemas, name), 'properties')).flatMap(([member, schema]) =>
    ends(schema as Schema).map(([why, value]) => ({ member, why, value })),
  );
}

function ofMember(schema: Schema): [string, unknown][] {
  const kinds = [schema['type']].flat();
  const found: [string, unknown][] = kinds.includes('null') ? [] : [['null', null]];
  if (kinds.includes('string')) {
    found.push(['a number', 7], ['a list', ['x']], ...ofText(schema));
  } else if (kinds.includes('integer') || kinds.includes('number')) {
    found.push(['a text', '7'], ['true', true], ...ofNumber(schema, kinds.includes('integer')));
  } else if (kinds.includes('boolean')) {
    found.push(['a text', 'true'], ['a number', 1]);
  } else if (kinds.includes('array')) {
    found.push(['a text', 'x'], ['no key', ['x']]);
  } else {
    found.push(['a text', 'x'], ['a list', []], ['what is nested', { a: { b: 1 } }]);
  }
  return found;
}

function ofText(schema: Schema): [string, unknown][] {
  const { minLength, maxLength, format } = schema as { minLength?: number; maxLength?: number; format?: string };
  const found: [string, unknown][] = [];
  if (Array.isArray(schema['enum'])) {
    found.push(['another choice', 'none of them']);
  } else if (format !== undefined) {
    found.push([`no ${format}`, 'x'], ['a day that is none', '2026-02-30']);
  } else {
    found.push(['a NUL', 'a\0b'.padEnd(minLength ?? 0, 'a')]);
  }
  if (minLength !== undefined && minLength > 0) {
    found.push(['too short', 'a'.repeat(minLength - 1)]);
  }
  if (maxLength !== undefined && maxLength < 100_000) {
    found.push(['too long', 'a'.repeat(maxLength + 1)]);
  }
  return found;
}

function ofNumber(schema: Schema, whole: boolean): [string, unknown][] {
  const { minimum, maximum } = schema as { minimum?: number | bigint; maximum?: number | bigint };
  const found: [string, unknown][] = whole ? [['a fraction', 1.5]] : [];
  if (minimum !== undefined) {
    found.push(['too little', typeof minimum === 'bigint' ? minimum - 1n : minimum - 1]);
  }
  if (maximum !== undefined) {
    found.push(['too much', typeof maximum === 'bigint' ? maximum + 1n : maximum + 1]);
  }
  return found;
}

/** Ends that are sure to be of the form: of texts that have none, and of numbers. */
function ends(schema: Schema): [string, unknown][] {
  const { minLength, maxLength, minimum, maximum } = schema as Record<string, number | bigint | undefined>;
  const free = schema['pattern'] === '^[^\\u0000]*$' && schema['writeOnly'] !== true;
  const found: [string, unknown][] = [];
  if (free && typeof minLength === 'number' && typeof maxLength === 'number' && maxLength <= 10_000) {
    found.push(['the shortest', 'ä'.repeat(minLength)], ['the longest', '😀'.repeat(maxLength)]);
  }
  for (const [why, value] of [['the least', minimum], ['the most', maximum]] as const) {
    if (value !== undefined) {
      found.push([why, value]);
    }
  }
  return found;
}

function at(schema: Schema, name: string): Schema {
  return (schema[name] ?? {}) as Schema;
}
