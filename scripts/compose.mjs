// Reads docker-compose.yml as Docker Compose would, as far as the product's own services go.
import { parse } from 'yaml';

/** Where the processes that `npm run topology` starts find what Compose runs in containers of its own. */
const servers = ['DATABASE_URL', 'MONGODB_URL', 'REDIS_URL'];

/**
 * @param text docker-compose.yml
 * @param given the environment that Compose would be started in
 * @returns each process of the product: those of services that are built here
 * @throws Error naming every variable that must be set
 */
export function processesOf(text, given) {
  const { services } = parse(text, { merge: true });
  const missing = new Set(servers.filter((name) => !given[name]).map((name) => `${name} (the address of a server that runs)`));
  const own = Object.entries(services).filter(([, service]) => service.build !== undefined);
  const processes = own.flatMap(([service, { environment, deploy }]) => {
    const values = Object.entries(environment).map(([name, value]) => [name, servers.includes(name) ? given[name] : interpolate(String(value), given, missing)]);
    const replicas = deploy?.replicas ?? 1;
    return Array.from({ length: replicas }, (_, index) => ({ name: replicas === 1 ? service : `${service}-${index + 1}`, environment: Object.fromEntries(values) }));
  });
  if (missing.size > 0) throw new Error(`Set these first: ${[...missing].join(', ')}.`);
  return processes;
}

/** `${NAME}`, `${NAME:-else}`, `${NAME:?why}` and `$$`. */
function interpolate(value, given, missing) {
  return value.replace(/\$(?:\$|\{(\w+)(?::([-?])([^}]*))?\})/g, (whole, name, operator, rest) => {
    if (name === undefined) return '$';
    if (given[name]) return given[name];
    if (operator === '?') missing.add(name);
    return operator === '-' ? rest : '';
  });
}
