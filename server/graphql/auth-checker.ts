import { type AuthCheckerFn } from 'type-graphql';
import { ForbiddenError, UnauthenticatedError } from '../errors.js';
import { triggerLimit } from '../features/auth/identity.js';
import { type Permission, roleAllows } from '../features/auth/permissions.js';
import { type RequestContext } from './context.js';

/**
 * Decides on every field that is marked with `@Authorized(permission)`; of a subscription when it begins and before each event.
 * An arrow function, because type-graphql takes any other function for a class.
 */
export const authChecker: AuthCheckerFn<RequestContext, Permission> = ({ context }, permissions) => {
  if (permissions.length === 0) throw new Error('@Authorized needs a permission.');
  for (const permission of permissions) {
    if (permission === 'public') continue;
    const { identity, refusal } = context;
    if (!identity) throw refusal ?? new UnauthenticatedError('Sign in first.');
    if (triggerLimit(identity) && permission !== 'trigger:fire') {
      throw new ForbiddenError('This API key is limited to firing triggers. Use a key that is not limited, or fire one of its triggers.');
    }
    if (!roleAllows(identity.role, permission)) {
      const who = identity.via === 'apiKey' ? 'An API key' : `Your role in this workspace, ${identity.role},`;
      throw new ForbiddenError(`${who} does not have the permission ${permission}.`);
    }
  }
  return true;
};
