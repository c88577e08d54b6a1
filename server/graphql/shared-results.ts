import { createSourceEventStream, type DocumentNode, execute, type ExecutionArgs, type ExecutionResult, type FieldNode, getOperationAST, Kind, visit } from 'graphql';
import { isRequestContext } from './context.js';

type Result = ExecutionResult | Promise<ExecutionResult>;

/**
 * Subscribes as graphql-js does, except that operations which ask the same of the same event, as the same caller, get one result. Without
 * it a thousand followers of a run cost a thousand executions for each of its events.
 */
export class SharedResults {
  /** By event: what was made of it is gone when nobody holds the event any more. */
  private readonly results = new WeakMap<object, Map<string, Result>>();

  readonly subscribe = async (args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> => {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return source;
    const events = source[Symbol.asyncIterator]();
    const asked = whatIsAsked(args);
    const iterator: AsyncIterableIterator<ExecutionResult> = {
      next: async () => {
        const next: IteratorResult<unknown, unknown> = await events.next();
        return next.done ? { done: true, value: undefined } : { done: false, value: await this.resultOf(args, asked, next.value) };
      },
      return: async () => {
        await events.return?.();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  };

  private resultOf(args: ExecutionArgs, asked: string | undefined, event: unknown): Result {
    const answer = () => execute({ ...args, rootValue: event });
    if (asked === undefined || typeof event !== 'object' || event === null) return answer();
    let made = this.results.get(event);
    if (!made) this.results.set(event, (made = new Map<string, Result>()));
    let result = made.get(asked);
    if (result === undefined) made.set(asked, (result = answer()));
    return result;
  }
}

/** Equal for two operations that get the same of every event. @returns undefined where that can't be told */
function whatIsAsked({ document, operationName, variableValues, contextValue }: ExecutionArgs): string | undefined {
  const root = getOperationAST(document, operationName)?.selectionSet.selections[0];
  if (root?.kind !== Kind.FIELD || !isRequestContext(contextValue)) return undefined;
  const { identity } = contextValue;
  const below = variablesBelow(root, document);
  const variables = Object.entries(variableValues ?? {}).filter(([name]) => below.has(name));
  return JSON.stringify([document.loc?.source.body, operationName, variables, identity?.workspaceId, identity?.userId, identity?.role, identity?.via]);
}

/** The root field's own arguments choose the events; they change nothing about what is made of one. */
function variablesBelow(root: FieldNode, document: DocumentNode): Set<string> {
  const names = new Set<string>();
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  for (const node of [root.selectionSet, ...(root.directives ?? []), ...fragments]) {
    if (node) visit(node, { Variable: ({ name }) => void names.add(name.value) });
  }
  return names;
}
