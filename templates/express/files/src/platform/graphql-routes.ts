/** Questions in GraphQL over HTTP: read, bounded, and answered by the same services as the routes. */

import { readFileSync } from 'node:fs';

import type { Meter } from '@opentelemetry/api';
import { type Request, type Response, Router } from 'express';
import {
  execute,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { z } from 'zod';

import type { Context } from '../context.js';
import { problemOf } from './errors.js';
import { Asking, type Resolvers, type Shown } from './graphql.js';
import { type Question, requireShort, requireWithin } from './graphql-bounds.js';
import { type Enumerations, makeSchema } from './graphql-schema.js';
import { stringify } from './json.js';
import type { Limits } from './limits.js';
import { onlyMethods } from './methods.js';
import { MOST_ERRORS, Problem, titleOf, unavailable } from './problems.js';
import { bare, body, readBody } from './validation.js';

const DOCUMENT = new URL('../../schema.graphql', import.meta.url);
const JSON_TYPE = 'application/json';
const HINT = / Did you mean [^]*$/;
const LONGEST_MESSAGE = 500;
const GRAPHQL_TYPE = 'application/graphql-response+json';

const members = z.record(z.string(), z.unknown()).nullish();
const asked = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: members,
  extensions: members,
});

/** What is asked. */
interface Asked {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the schema is answered by. */
export interface Served {
  readonly resolvers: Readonly<Record<string, Resolvers>>;
  readonly enumerations: Enumerations;
}

/** What is sent back: with data once anything ran, without where it was refused. */
interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** Why a question is not answered. */
interface Faults {
  /** What cannot be read counts as a query. */
  readonly kind: 'query' | 'mutation';
  readonly faults: readonly GraphQLError[];
}

/** Gives the route of GraphQL. */
export function graphqlRoutes(context: Context, meter: Meter, limits: Limits, served: Served): Router {
  const { config } = context;
  const schema = makeSchema(readFileSync(DOCUMENT, 'utf8'), served.enumerations);
  const resolve = resolverOf(served.resolvers);
  const counter = meter.createCounter('graphql.operations', { description: 'Operations of GraphQL, by what became of them.' });
  const router = Router({ strict: true, caseSensitive: true });
  router
    .route('/graphql')
    .post(body(config.largestBody, JSON_TYPE), async (request, response) => {
      const sent = readAsked(request);
      const question = read(context, schema, sent);
      if ('faults' in question) {
        counter.add(1, { kind: question.kind, result: 'refused' });
        send(request, response, { errors: question.faults.map((fault) => refused(fault, config.graphqlIntrospection)) });
        return;
      }
      const answer = await answered(schema, question, new Turns(context, request, response, limits), resolve);
      counter.add(1, { kind: question.operation.operation, result: answer.errors === undefined ? 'ok' : 'errors' });
      send(request, response, answer);
    })
    .all(onlyMethods('POST'));
  return router;
}

/** One request, which may take its turn at the root a few times. */
class Turns extends Asking {
  readonly request: Request;
  readonly #response: Response;
  readonly #limits: Limits;
  #taken = 0;

  constructor(context: Context, request: Request, response: Response, limits: Limits) {
    super(context, request.caller);
    this.request = request;
    this.#response = response;
    this.#limits = limits;
  }

  /** Counts a field at the root as a request of its own: the first was counted with the request. */
  async take(changes: boolean): Promise<void> {
    this.#taken += 1;
    if (this.#response.headersSent || this.#response.destroyed) {
      throw unavailable('It took too long.');
    }
    if (this.#taken > 1) {
      await this.#limits.take(this.request, this.#response);
    }
    if (changes) {
      this.forget();
    }
  }
}

function readAsked(request: Request): Asked {
  const found = asked.safeParse(readBody(z.unknown(), request));
  if (!found.success) {
    throw new Problem(400, 'Send an object with `query`, and `operationName` and `variables` where they are needed.');
  }
  // Members that were not sent are not there, whatever all objects have.
  const variables = Object.entries(found.data.variables ?? {}).map(([name, value]) => [name, bare(value)]);
  return { ...found.data, variables: Object.fromEntries(variables) as Record<string, unknown> };
}

/** Gives a question that may be answered, or what is wrong with it. */
function read(context: Context, schema: GraphQLSchema, sent: Asked): Question | Faults {
  const { graphqlCost: cost, graphqlDepth: depth, graphqlIntrospection: introspection } = context.config;
  const hidden = { hideSuggestions: !introspection };
  let kind: Faults['kind'] = 'query';
  try {
    requireShort(sent.query);
    const document = parse(sent.query);
    const operation = getOperationAST(document, sent.operationName);
    kind = operation?.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query';
    const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const faults = validate(schema, document, rules, hidden);
    if (faults.length > 0) {
      return { kind, faults };
    }
    if (!operation || !schema.getRootType(operation.operation)) {
      return { kind, faults: [new GraphQLError('There is no such operation; where there are several, `operationName` tells which.')] };
    }
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], sent.variables, hidden);
    if (errors !== undefined) {
      return { kind, faults: errors };
    }
    requireWithin({ cost, depth }, schema, { document, operation, variables: coerced });
    return { document, operation, variables: sent.variables };
  } catch (error) {
    if (error instanceof GraphQLError) {
      return { kind, faults: [error] };
    }
    throw error;
  }
}

async function answered(
  schema: GraphQLSchema,
  { document, operation, variables }: Question,
  asking: Turns,
  resolve: GraphQLFieldResolver<Shown, Turns>,
): Promise<Answer> {
  const { data, errors } = await execute({
    schema,
    document,
    operationName: operation.name?.value,
    variableValues: variables,
    rootValue: {},
    contextValue: asking,
    fieldResolver: resolve,
  });
  return errors === undefined ? { data } : { data, errors: errors.map((error) => failed(error, asking.request)) };
}

/** Gives what finds the value of a field: what the modules say, or the member that is called so. */
function resolverOf(resolvers: Served['resolvers']): GraphQLFieldResolver<Shown, Turns> {
  const known = new Map(Object.entries(resolvers).map(([type, fields]) => [type, new Map(Object.entries(fields))]));
  return (source, given: Shown, asking, { fieldName, operation, parentType, path }) => {
    const resolver = known.get(parentType.name)?.get(fieldName);
    if (resolver === undefined) {
      return source[fieldName];
    }
    if (path.prev !== undefined) {
      return resolver(source, given, asking);
    }
    const changes = operation.operation === OperationTypeNode.MUTATION;
    return asking.take(changes).then(() => resolver(source, given, asking));
  };
}

/** Gives what is told of a question that was refused; hints at the schema only to whom may have it. */
function refused(error: GraphQLError, hints: boolean): GraphQLFormattedError {
  const { code = codeOf(400), status = 400 } = error.extensions;
  const message = hints ? error.message : error.message.replace(HINT, '');
  return { ...error.toJSON(), message: message.slice(0, LONGEST_MESSAGE), extensions: { code, status } };
}

/** Gives what is told of a field that failed: the problem that the routes would tell. */
function failed(error: GraphQLError, request: Request): GraphQLFormattedError {
  const problem = problemIn(error);
  const { errors, message, status } = problem;
  if (status >= 500) {
    // The document and its variables come into no log, nor do statements with their values.
    request.log.error({ err: loggable(error.originalError) }, 'request failed');
  }
  return {
    ...error.toJSON(),
    message: message === '' ? titleOf(status) : message,
    extensions: { code: codeOf(status), status, ...(errors.length === 0 ? {} : { errors: errors.slice(0, MOST_ERRORS) }) },
  };
}

/** Of the errors of GraphQL itself those are the caller's that point into the document; others are ours. */
function problemIn({ originalError: cause }: GraphQLError): Problem {
  return cause instanceof GraphQLError && cause.nodes !== undefined ? new Problem(400, cause.message) : problemOf(cause);
}

function loggable(cause: unknown): unknown {
  if (cause instanceof GraphQLError) {
    return new Error('a value is not as the schema has it');
  }
  return cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
}

function codeOf(status: number): string {
  return titleOf(status)
    .toUpperCase()
    .replace(/[^A-Z]+/g, '_');
}

/** Tells whether more was asked for than may be, which is refused in either form. */
function isBound({ extensions }: GraphQLFormattedError): boolean {
  return extensions?.['code'] !== codeOf(400);
}

/** Answers in the form that is asked for; in the older one a document that is not sound is told with 200. */
function send(request: Request, response: Response, answer: Answer): void {
  if (response.headersSent) {
    return;
  }
  const form = request.accepts(JSON_TYPE, GRAPHQL_TYPE) === GRAPHQL_TYPE ? GRAPHQL_TYPE : JSON_TYPE;
  const isRefused = !('data' in answer) && (form === GRAPHQL_TYPE || answer.errors?.some(isBound) === true);
  response
    .status(isRefused ? 400 : 200)
    .type(form)
    .send(stringify(answer));
}
