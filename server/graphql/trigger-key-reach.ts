import { type DocumentNode, getNamedType, type GraphQLSchema, isCompositeType, isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** Given to `@Extensions` on an object type: an API key that is limited to triggers may read it where a root field that it may call leads there. */
export const openToTriggerKeys = { openToTriggerKeys: true };

/**
 * Permissions guard root fields only, and from an execution the graph leads to its workflow, the workflow's prompts and all that runs.
 * @returns the first field of a document that leads further than what firing gives, such as `Execution.workflow`
 */
export function closedToTriggerKeys(schema: GraphQLSchema, document: DocumentNode): string | undefined {
  const typeInfo = new TypeInfo(schema);
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  let closed: string | undefined;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: ({ name }) => {
        const type = getNamedType(typeInfo.getType());
        const parent = typeInfo.getParentType();
        // Introspection tells the schema, not what is in the workspace; root fields have their permissions.
        if (!isCompositeType(type) || name.value.startsWith('__') || parent?.name.startsWith('__') || (isObjectType(parent) && roots.has(parent))) return;
        if (type.extensions['openToTriggerKeys'] !== true) closed ??= `${parent?.name}.${name.value}`;
      },
    }),
  );
  return closed;
}
