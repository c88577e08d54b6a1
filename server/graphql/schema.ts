import { type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { authChecker } from './auth-checker.js';

export type ResolverClass<Resolver extends object = object> = new (...parameters: never[]) => Resolver;

/** The resolver instances by their classes. */
export class Resolvers {
  private readonly instances = new Map<unknown, object>();

  constructor(instances: readonly object[]) {
    for (const instance of instances) this.instances.set(instance.constructor, instance);
  }

  readonly get = <Resolver extends object>(type: ResolverClass<Resolver>): Resolver => {
    const instance = this.instances.get(type);
    if (!(instance instanceof type)) throw new Error(`app.ts gives no instance of ${type.name}.`);
    return instance;
  };
}

// Subscriptions read the event bus through their services; type-graphql asks for this all the same.
const noPubSub: PubSub = {
  publish: () => {
    throw new Error('Publish on the event bus.');
  },
  subscribe: () => {
    throw new Error('Give the subscription a `subscribe` function.');
  },
};

/** @param classes whose fields the schema has; `resolvers` may lack instances where nothing is executed */
export function buildGraphqlSchema(classes: readonly [ResolverClass, ...ResolverClass[]], resolvers = new Resolvers([])): GraphQLSchema {
  return buildSchemaSync({ resolvers: [...classes], container: resolvers, authChecker, pubSub: noPubSub, validate: false });
}
