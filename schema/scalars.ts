import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';

const deepestJson = 100;

/** An instant, as RFC 3339 writes it. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => GraphQLDateTime.serialize(value).toISOString(),
  parseValue: (value) => GraphQLDateTime.parseValue(value),
  parseLiteral: (node, variables) => GraphQLDateTime.parseLiteral(node, variables),
});

/** Any JSON value, nested at most 100 levels deep, so that whatever walks it later can't run out of stack. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: refuseDeepNesting,
  parseLiteral: (node, variables) => refuseDeepNesting(GraphQLJSON.parseLiteral(node, variables)),
});

function refuseDeepNesting(value: unknown): unknown {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestJson) throw new GraphQLError(`JSON may be nested at most ${deepestJson} levels deep.`);
    level = level.flatMap((item): unknown[] => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return value;
}
