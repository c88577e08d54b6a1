/** Who may call a root field. `public` needs nobody, `self` anybody who is signed in; the others come with a role. */
export type Permission =
  | 'public'
  | 'self'
  | 'api-key:manage'
  | 'prompt:read'
  | 'prompt:write'
  | 'prompt:run'
  | 'label:protect'
  | 'workflow:read'
  | 'workflow:write'
  | 'execution:read'
  | 'execution:start'
  | 'retention:manage'
  | 'model:read'
  | 'credential:read'
  | 'credential:manage'
  | 'price:manage'
  | 'budget:read'
  | 'budget:manage'
  | 'secret:read'
  | 'secret:write'
  | 'trigger:read'
  | 'trigger:write'
  | 'trigger:fire'
  | 'event:emit'
  | 'audit:read';

export type Role = 'OWNER' | 'EDITOR' | 'VIEWER';

const viewer: Permission[] = ['public', 'self', 'prompt:read', 'workflow:read', 'execution:read', 'model:read', 'credential:read', 'budget:read', 'secret:read', 'trigger:read'];
const editor: Permission[] = [...viewer, 'prompt:write', 'prompt:run', 'workflow:write', 'execution:start', 'secret:write', 'trigger:write', 'trigger:fire', 'event:emit'];
const owner: Permission[] = [...editor, 'api-key:manage', 'label:protect', 'credential:manage', 'price:manage', 'budget:manage', 'retention:manage', 'audit:read'];

const permissionsOf: Record<Role, ReadonlySet<Permission>> = {
  VIEWER: new Set(viewer),
  EDITOR: new Set(editor),
  OWNER: new Set(owner),
};

/** Those that come with a role. */
export function permissionsOfRole(role: Role): Permission[] {
  return [...permissionsOf[role]].filter((permission) => permission !== 'public' && permission !== 'self');
}

export function roleAllows(role: Role, permission: Permission): boolean {
  return permissionsOf[role].has(permission);
}

export function isRole(role: string): role is Role {
  return role in permissionsOf;
}

export function isPermission(permission: string): permission is Permission {
  return owner.some((known) => known === permission);
}
