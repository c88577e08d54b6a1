import { useSession } from './use-session';

/** What a person may or may not do in their workspace, by the API's names. */
export type Permission =
  | 'api-key:manage'
  | 'audit:read'
  | 'budget:manage'
  | 'credential:manage'
  | 'execution:start'
  | 'label:protect'
  | 'price:manage'
  | 'prompt:run'
  | 'prompt:write'
  | 'retention:manage'
  | 'secret:write'
  | 'trigger:fire'
  | 'trigger:write'
  | 'workflow:write';

/** What the signed-in person may do. The server has the last word; what it would refuse is not offered. */
export function usePermissions(): (permission: Permission) => boolean {
  const permissions = useSession().viewer?.permissions;
  return (permission) => !!permissions?.includes(permission);
}
