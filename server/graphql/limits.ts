import {
  type ASTVisitor,
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type ParseOptions,
  type SelectionSetNode,
  validate,
  type ValidationContext,
} from 'graphql';
// Its ES modules load a second copy of graphql.
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity/cjs';
import { type Config } from '../config.js';
import { triggerLimit } from '../features/auth/identity.js';
import { type RequestContext } from './context.js';
import { closedToTriggerKeys } from './trigger-key-reach.js';

/** What one request or message may be, over HTTP and WebSocket alike. */
export const limits = {
  bytes: 1024 * 1024,
  tokens: 2000,
  depth: 12,
  aliases: 30,
  directives: 30,
  rootFields: 20,
  /** Fragments count wherever they are spread. */
  fields: 1000,
  complexity: 10_000,
  /** Operations that one socket may have under way. */
  operationsPerSocket: 50,
  connectionInitMs: 5000,
} as const;

export const parseOptions: ParseOptions = { maxTokens: limits.tokens };

interface Shape {
  depth: number;
  aliases: number;
  directives: number;
  fields: number;
}

const measured = [
  ['depth', 'levels deep'],
  ['aliases', 'aliases'],
  ['directives', 'directives'],
  ['fields', 'fields'],
] as const;

/** A validation rule that bounds what a document can ask for before anything is done about it. */
export function shapeLimitRule(context: ValidationContext): ASTVisitor {
  const fragments = new Map<string, Shape>();

  function shapeOfFragment(name: string): Shape {
    const known = fragments.get(name);
    if (known) return known;
    const empty = { depth: 0, aliases: 0, directives: 0, fields: 0 };
    // Stands for a fragment that spreads itself, which another rule refuses.
    fragments.set(name, empty);
    const fragment = context.getFragment(name);
    const shape = fragment ? shapeOf(fragment.selectionSet) : empty;
    fragments.set(name, shape);
    return shape;
  }

  function shapeOf(selectionSet: SelectionSetNode): Shape {
    const total: Shape = { depth: 0, aliases: 0, directives: 0, fields: 0 };
    for (const selection of selectionSet.selections) {
      const isField = selection.kind === Kind.FIELD;
      const below = selection.kind === Kind.FRAGMENT_SPREAD ? shapeOfFragment(selection.name.value) : selection.selectionSet && shapeOf(selection.selectionSet);
      // Introspection goes deep by nature; graphql-js has a rule for it.
      const deepens = isField && !selection.name.value.startsWith('__');
      total.depth = Math.max(total.depth, isField && !deepens ? 1 : (below?.depth ?? 0) + (isField ? 1 : 0));
      total.aliases += (below?.aliases ?? 0) + (isField && selection.alias ? 1 : 0);
      total.directives += (below?.directives ?? 0) + (selection.directives?.length ?? 0);
      total.fields += (below?.fields ?? 0) + (isField ? 1 : 0);
    }
    return total;
  }

  return {
    OperationDefinition(operation) {
      const shape = shapeOf(operation.selectionSet);
      for (const [key, words] of measured) {
        if (shape[key] <= limits[key]) continue;
        const found = key === 'depth' ? `This goes ${shape.depth} ${words}` : `This has ${shape[key]} ${words}`;
        context.reportError(new GraphQLError(`${found}; ${limits[key]} are allowed. Ask for less at a time.`, { nodes: operation }));
      }
      const rootFields = countRootFields(operation.selectionSet, context);
      if (rootFields <= limits.rootFields) return;
      context.reportError(new GraphQLError(`This has ${rootFields} root fields; ${limits.rootFields} are allowed. Ask for less at a time.`, { nodes: operation }));
    },
  };
}

function countRootFields(selectionSet: SelectionSetNode, context: ValidationContext, spread = new Set<string>()): number {
  let count = 0;
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) count++;
    else if (selection.kind === Kind.INLINE_FRAGMENT) count += countRootFields(selection.selectionSet, context, spread);
    else if (!spread.has(selection.name.value)) {
      // Spread again, a fragment adds no field that is resolved a second time.
      spread.add(selection.name.value);
      const fragment = context.getFragment(selection.name.value);
      if (fragment) count += countRootFields(fragment.selectionSet, context, spread);
    }
  }
  return count;
}

export interface OperationRequest {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | null | undefined;
  variables: Record<string, unknown> | null | undefined;
  mayIntrospect: boolean;
  /** It calls with an API key that may do nothing but fire triggers. */
  mayOnlyFire: boolean;
}

/** What belongs to the caller of an `OperationRequest`. */
export function rightsOf({ identity }: Pick<RequestContext, 'identity'>, environment: Config['environment']): Pick<OperationRequest, 'mayIntrospect' | 'mayOnlyFire'> {
  return { mayIntrospect: environment !== 'production' || identity !== undefined, mayOnlyFire: identity !== undefined && triggerLimit(identity) !== undefined };
}

/** @returns why a valid document is refused all the same, once its variables and its caller are known */
export function operationProblem({ schema, document, operationName, variables, mayIntrospect, mayOnlyFire }: OperationRequest): GraphQLError | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  if (!mayIntrospect && validate(schema, document, [NoSchemaIntrospectionCustomRule]).length > 0) {
    return refusal('UNAUTHENTICATED', 401, 'The schema is shown to those who are signed in: send an access token or an API key.');
  }
  const closed = mayOnlyFire ? closedToTriggerKeys(schema, document) : undefined;
  if (closed) return refusal('FORBIDDEN', 403, `This API key is limited to firing triggers and may not read ${closed}. Leave it out, or use a key that is not limited.`);
  // Execution refuses wrong variables, naming them all.
  if (getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}).errors) return undefined;
  const complexity = complexityOf(schema, document, operation.name?.value, variables ?? {});
  if (complexity === undefined || complexity > limits.complexity) {
    const found = complexity === undefined ? 'This can not be estimated' : `This may fetch ${complexity} fields`;
    return refusal('GRAPHQL_VALIDATION_FAILED', 400, `${found}; ${limits.complexity} are allowed. Ask for smaller pages, or for fewer fields of them.`);
  }
  return undefined;
}

function complexityOf(schema: GraphQLSchema, query: DocumentNode, operationName: string | undefined, variables: Record<string, unknown>): number | undefined {
  try {
    return getComplexity({ schema, query, operationName, variables, estimators: [estimate], maxQueryNodes: limits.complexity });
  } catch {
    return undefined;
  }
}

const assumedListLength = 5;

/** A field costs 1 and what is below it, as often as the list that it is may be long: `first` says so, else some items are assumed. */
const estimate: ComplexityEstimator = ({ field, args, childComplexity }) => {
  const { first } = args;
  if (typeof first === 'number') return 1 + Math.max(1, first) * childComplexity;
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  const counted = field.name === 'edges' || !isListType(type) || field.name.startsWith('__');
  return 1 + childComplexity * (counted ? 1 : assumedListLength);
};

function refusal(code: string, status: number, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
