import { expect, test } from '@jest/globals';
import { getMetadataStorage } from 'type-graphql';
import { isPermission } from '../features/auth/permissions.js';
import { resolverClasses } from './resolver-classes.js';
import { buildGraphqlSchema } from './schema.js';

const publicFields = ['approval', 'decideApprovalByLink', 'refreshSession', 'signIn', 'signOut', 'signUp'];

/** Every root field of every resolver class, with the permissions that are declared on it. */
function rootFields(): { name: string; permissions: readonly string[] }[] {
  buildGraphqlSchema(resolverClasses);
  const { queries, mutations, subscriptions } = getMetadataStorage();
  return [...queries, ...mutations, ...subscriptions].map(({ schemaName, roles }) => ({ name: schemaName, permissions: roles ?? [] }));
}

test('Every root field declares one permission that a role can have', () => {
  const fields = rootFields();
  expect(fields.length).toBeGreaterThan(15);
  const knownOnes = (permissions: readonly string[]) => permissions.length === 1 && permissions.every(isPermission);
  expect(fields.filter(({ permissions }) => !knownOnes(permissions)).map(({ name }) => name)).toEqual([]);
});

test('Only signing up, in and out, and what a link to an approval leads to, are open to everybody', () => {
  const open = rootFields().filter(({ permissions }) => permissions.includes('public'));
  expect(open.map(({ name }) => name).sort()).toEqual(publicFields);
});

test('Every root field of the schema is of a resolver class, so that none is missed above', () => {
  const schema = buildGraphqlSchema(resolverClasses);
  const inSchema = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => Object.keys(type?.getFields() ?? {}));
  expect(rootFields().map(({ name }) => name).sort()).toEqual(inSchema.sort());
});
