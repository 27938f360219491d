/** The schema, as its file has it, with what stands behind its scalars and the names of its enumerations. */

import {
  assertValidSchema,
  buildASTSchema,
  extendSchema,
  GraphQLEnumType,
  GraphQLError,
  type GraphQLNamedType,
  GraphQLScalarType,
  GraphQLSchema,
  isEnumType,
  isIntrospectionType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';

import * as v from './values.js';

/** Enumerations whose names are not their values: the value of each name, by the name of the type. */
export type Enumerations = Readonly<Record<string, Readonly<Record<string, string>>>>;

type Values = Parameters<typeof valueFromASTUntyped>[1];

const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n } as const;
const WHOLE = /^-?\d{1,19}$/;

const FORMS: Readonly<Record<string, z.ZodType>> = {
  DateTime: v.moment,
  Date: v.day,
  Decimal: z.string('expected a number as a text').regex(/^-?\d+(?:\.\d+)?$/, 'expected a number as a text'),
  UUID: v.identifier,
  JSON: v.flat,
};

/** Gives the schema of a text; it answers nothing by itself. */
export function makeSchema(text: string, enumerations: Enumerations): GraphQLSchema {
  const document = parse(text);
  const types = Object.values(buildASTSchema(document).getTypeMap()).flatMap((type) => behind(type, enumerations));
  const names = new Set(types.map((type) => type.name));
  const definitions = document.definitions.filter((each) => !('name' in each && names.has(each.name.value)));
  const schema = extendSchema(new GraphQLSchema({ types }), { ...document, definitions });
  assertValidSchema(schema);
  return schema;
}

function behind(type: GraphQLNamedType, enumerations: Enumerations): (GraphQLEnumType | GraphQLScalarType)[] {
  if (isEnumType(type) && !isIntrospectionType(type)) {
    return [ofEnumeration(type, enumerations[type.name])];
  }
  return isScalarType(type) && !isSpecifiedScalarType(type) ? [ofScalar(type)] : [];
}

function ofEnumeration(type: GraphQLEnumType, known: Readonly<Record<string, string>> | undefined): GraphQLEnumType {
  const config = type.toConfig();
  const values = Object.entries(config.values).map(([name, value]) => [name, { ...value, value: known?.[name] ?? name }]);
  return new GraphQLEnumType({ ...config, values: Object.fromEntries(values) as typeof config.values });
}

function ofScalar(type: GraphQLScalarType): GraphQLScalarType {
  const config = type.toConfig();
  const form = FORMS[type.name];
  if (form === undefined) {
    return new GraphQLScalarType({ ...config, parseValue: asLong, parseLiteral: longOf });
  }
  const parseValue = (value: unknown): unknown => formed(form, value);
  const parseLiteral = (node: ValueNode, variables: Values): unknown => parseValue(valueFromASTUntyped(node, variables));
  return new GraphQLScalarType({ ...config, parseValue, parseLiteral });
}

/** Gives a value as it was sent; what becomes of it is up to the schemas of the routes. */
function formed(form: z.ZodType, value: unknown): unknown {
  const found = form.safeParse(value);
  if (!found.success) {
    throw new GraphQLError(found.error.issues[0]?.message ?? 'expected another value');
  }
  return value;
}

/** Gives a whole number that came as a number or as its digits. */
function asLong(value: unknown): bigint {
  const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value) || (typeof value === 'string' && WHOLE.test(value));
  const found = isWhole ? BigInt(value as bigint | number | string) : undefined;
  if (found === undefined || found < INT64.least || found > INT64.most) {
    throw new GraphQLError('expected a whole number of 64 bits');
  }
  return found;
}

/** Gives a whole number of a document, of which no digit is lost. */
function longOf(node: ValueNode): bigint {
  return asLong(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined);
}
