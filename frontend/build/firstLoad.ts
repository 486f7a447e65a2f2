import type { Plugin, Rolldown } from 'vite';

/** What all that is loaded first has in common, as few files: each costs a request, and a larger one is packed better. */
export function firstLoad(pages: readonly string[]) {
  const reached = new Map<string, Set<string>>();

  const plugin: Plugin = {
    name: 'staywell-first-load',
    apply: 'build',
    buildEnd() {
      const ids = [...this.getModuleIds()];
      const walk = (id: string, seen: Set<string>) => {
        if (seen.has(id)) return seen;
        seen.add(id);
        this.getModuleInfo(id)?.importedIds.forEach((next) => walk(next, seen));
        return seen;
      };
      const entries = ids.filter((id) => this.getModuleInfo(id)?.isEntry);
      for (const page of pages) {
        const root = ids.find((id) => id.endsWith(`/src/${page}.tsx`));
        if (!root) return this.error(`${page} is in no module`);
        for (const id of [...entries, root].reduce((seen, each) => walk(each, seen), new Set<string>()))
          reached.set(id, (reached.get(id) ?? new Set()).add(page));
      }
    },
  };

  const ofAll = (id: string) => reached.get(id)?.size === pages.length;
  const groups: Rolldown.CodeSplittingGroup[] = [
    { name: 'vendor', test: (id) => ofAll(id) && id.includes('/node_modules/') },
    { name: 'app', test: ofAll },
    ...pages.map((page) => ({ name: page.split('/').at(-1) ?? page, test: (id: string) => reached.get(id)?.has(page) ?? false })),
  ];
  return { plugin, groups };
}
