/** What a question costs and how deep it goes, told before anything of it is answered. */

import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getNamedType,
  getNullableType,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isListType,
  isObjectType,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql';

const MOST_TOKENS = 2000;
const MOST_ROOTS = 20;

/** Rows that a list is taken to have which nothing bounds: those behind links. */
const USUAL_ROWS = 20;

/** How much may be asked for at once. */
export interface Bounds {
  readonly depth: number;
  readonly cost: number;
}

/** A question that is sound: its operation, and the values of its variables. */
export interface Question {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Refuses a text of too many words before it is read. */
export function requireShort(text: string): void {
  const lexer = new Lexer(new Source(text));
  for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens += 1) {
    if (tokens === MOST_TOKENS) {
      throw tooCostly(`The document has more than ${String(MOST_TOKENS)} tokens.`);
    }
  }
}

/** Refuses what costs too much: each field one, and what is below a page as often as it has rows. */
export function requireWithin(bounds: Bounds, schema: GraphQLSchema, question: Question): void {
  new Measuring(bounds, question).walk(question.operation.selectionSet, schema.getRootType(question.operation.operation), 1, 1);
}

class Measuring {
  readonly #bounds: Bounds;
  readonly #variables: Question['variables'];
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  #cost = 0;
  #roots = 0;

  constructor(bounds: Bounds, { document, variables }: Question) {
    this.#bounds = bounds;
    this.#variables = variables;
    for (const each of document.definitions) {
      if (each.kind === Kind.FRAGMENT_DEFINITION) {
        this.#fragments.set(each.name.value, each);
      }
    }
  }

  /** Adds what is selected of a type, at a depth, so many times; no type is of what tells of the schema itself. */
  walk(selected: SelectionSetNode | undefined, type: GraphQLObjectType | null | undefined, depth: number, times: number): void {
    for (const each of selected?.selections ?? []) {
      if (each.kind === Kind.FIELD) {
        this.#add(each, type, depth, times);
      } else if (each.kind === Kind.INLINE_FRAGMENT) {
        this.walk(each.selectionSet, type, depth, times);
      } else {
        this.walk(this.#fragments.get(each.name.value)?.selectionSet, type, depth, times);
      }
    }
  }

  #add(node: FieldNode, type: GraphQLObjectType | null | undefined, depth: number, times: number): void {
    this.#cost += times;
    this.#roots += type && depth === 1 ? 1 : 0;
    if (this.#roots > MOST_ROOTS) {
      throw tooCostly(`There are more than ${String(MOST_ROOTS)} fields at the root.`);
    }
    if (this.#cost > this.#bounds.cost) {
      throw tooCostly(`It costs more than ${String(this.#bounds.cost)}: each field one, below a page as often as it has rows.`);
    }
    const field = type?.getFields()[node.name.value];
    if (type && depth > this.#bounds.depth) {
      throw refusal('GRAPHQL_TOO_DEEP', `It goes deeper than ${String(this.#bounds.depth)} fields.`);
    }
    const below = field && getNamedType(field.type);
    this.walk(node.selectionSet, isObjectType(below) ? below : undefined, depth + 1, times * (field ? this.#rows(field, node, type) : 1));
  }

  #rows(field: GraphQLField<unknown, unknown>, node: FieldNode, type: GraphQLObjectType): number {
    // The rows of a page are counted where the page is asked for.
    if (isListType(getNullableType(field.type)) && !('pageInfo' in type.getFields())) {
      return USUAL_ROWS;
    }
    const first = field.args.some((each) => each.name === 'first') && getArgumentValues(field, node, this.#variables)['first'];
    const usual = field.args.find((each) => each.name === 'first')?.defaultValue;
    const rows = first ?? usual;
    return typeof rows === 'number' ? Math.max(1, rows) : 1;
  }
}

function tooCostly(message: string): GraphQLError {
  return refusal('GRAPHQL_TOO_COSTLY', message);
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, status: 400 } });
}
