import { expect, test } from '@jest/globals';
import { getNamedType, type GraphQLField, isInputObjectType } from 'graphql';
import { type AuditDeclaration, auditOf, type AuditPath } from './audited.js';
import { resolverClasses } from './resolver-classes.js';
import { buildGraphqlSchema } from './schema.js';

const schema = buildGraphqlSchema(resolverClasses);
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const declarations = [...mutations, ...Object.values(schema.getSubscriptionType()?.getFields() ?? {})].flatMap((field) => {
  const declared = auditOf(field);
  return declared && 'action' in declared ? [[field, declared] as const] : [];
});

function pathsOf({ id, execution, keep = [] }: AuditDeclaration): AuditPath[] {
  return [id, execution, ...keep].filter((path) => path !== undefined);
}

/** Whether a path leads to an argument that the field takes. */
function isTaken(field: GraphQLField<unknown, unknown>, path: string): boolean {
  const [, argument, ...rest] = path.split('.');
  let type = field.args.find(({ name }) => name === argument)?.type;
  for (const name of rest) {
    const named = type && getNamedType(type);
    type = isInputObjectType(named) ? named.getFields()[name]?.type : undefined;
  }
  return type !== undefined;
}

test('Every mutation says what the audit log tells of it, or why nothing', () => {
  expect(mutations.length).toBeGreaterThan(40);
  expect(mutations.filter((field) => auditOf(field) === undefined).map(({ name }) => name)).toEqual([]);
});

test('What it says of its arguments is there', () => {
  const wrong = declarations.flatMap(([field, declaration]) =>
    pathsOf(declaration)
      .filter((path) => path.startsWith('args.') && !isTaken(field, path))
      .map((path) => `${field.name}: ${path}`),
  );
  expect(wrong).toEqual([]);
});

test('Nothing is kept that goes by the name of a secret', () => {
  const kept = declarations.flatMap(([, { keep = [] }]) => keep);
  expect(kept.filter((path) => /secret|password|token|key$|value|inputs|credential/i.test(path.replace(/stepKey$/, '')))).toEqual([]);
});

test('An action is a thing and what is done to it, in words that sort', () => {
  expect(declarations.map(([, { action }]) => action).filter((action) => !/^[a-z-]+(\.[a-z-]+)+$/.test(action))).toEqual([]);
});
