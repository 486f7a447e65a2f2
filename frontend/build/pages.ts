import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

const ROUTE = /(?:path: '(?<path>[^'*]+)'|index: true),\s+lazy: async \(\) => \(\{ Component: \(await import\('\.\/(?<module>[^']+)'\)/g;

/** What a page that people come to first may cost before the map. */
// The goal is 150 kB; RTK Query (14 kB) and the filters of the search page came with it and are to be loaded when they are opened.
const MOST_BYTES = 172_000;
const MOST_FILES = 8;

type Chunks = Map<string, Rolldown.OutputChunk>;

interface Route {
  path: string;
  /** What the page needs beside the entry. */
  scripts: string[];
  styles: string[];
}

/** The chunk with all that it imports before it runs. */
function loadedWith(chunk: Rolldown.OutputChunk, chunks: Chunks, found = new Set<Rolldown.OutputChunk>()): Set<Rolldown.OutputChunk> {
  if (found.has(chunk)) return found;
  found.add(chunk);
  for (const name of chunk.imports) {
    const imported = chunks.get(name);
    if (imported) loadedWith(imported, chunks, found);
  }
  return found;
}

const stylesOf = (loaded: Iterable<Rolldown.OutputChunk>) => [...loaded].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]);

/** The route table of the application, as far as the server has to know it. */
const routesOf = (source: string) =>
  [...source.matchAll(ROUTE)].map(({ groups }) => ({ path: groups?.path ?? '', module: groups?.module ?? '' }));

function overBudget(page: string, loaded: Set<Rolldown.OutputChunk>): string | null {
  const bytes = [...loaded].reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
  const figures = `${page}: ${(bytes / 1000).toFixed(1)} kB of JavaScript (gzip) in ${loaded.size} files`;
  if (bytes <= MOST_BYTES && loaded.size <= MOST_FILES) return null;
  return `${figures}; at most ${MOST_BYTES / 1000} kB in ${MOST_FILES} files are allowed (frontend/build/pages.ts)`;
}

/**
 * Writes pages.json, by which the server knows the addresses of the application and what each page loads, and
 * fails the build when a first page costs more than its budget.
 */
export function pages(routeTable: string, first: readonly string[]): Plugin {
  return {
    name: 'staywell-pages',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks: Chunks = new Map(Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
      const entry = [...chunks.values()].find((chunk) => chunk.isEntry);
      if (!entry) return this.error('no entry');
      const before = loadedWith(entry, chunks);
      const chunkOf = (module: string) => [...chunks.values()].find((chunk) => chunk.moduleIds.some((id) => id.endsWith(`/src/${module}.tsx`)));

      const routes: Route[] = routesOf(readFileSync(routeTable, 'utf8')).map(({ path, module }) => {
        const chunk = chunkOf(module);
        if (!chunk) return this.error(`${module} is in no chunk`);
        const own = [...loadedWith(chunk, chunks)].filter((one) => !before.has(one));
        return { path, scripts: own.map((one) => one.fileName), styles: stylesOf(own) };
      });
      this.emitFile({ type: 'asset', fileName: 'pages.json', source: JSON.stringify({ routes }) });

      for (const module of first) {
        const chunk = chunkOf(module);
        const problem = chunk ? overBudget(module, loadedWith(chunk, chunks, new Set(before))) : `${module} is in no chunk`;
        if (problem) this.error(problem);
      }
    },
  };
}
