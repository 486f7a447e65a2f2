import type { ApiProblem } from '../api/problem';

const leafOf = (path: string) => path.split('.').at(-1) ?? path;

/** Messages by the last part of their path, so that `profile.city` stands at the city; what is at no shown field is for the whole form. */
export function fieldErrors(problem: ApiProblem | null, shown: readonly string[]) {
  const fields: Record<string, string[]> = {};
  for (const [path, messages] of Object.entries(problem?.fields ?? {})) {
    const name = shown.find((known) => known === path || known === leafOf(path) || path.split('.').includes(known));
    if (name) fields[name] = [...(fields[name] ?? []), ...[messages].flat()];
  }
  return { fields, formError: Object.keys(fields).length > 0 ? null : problem };
}
