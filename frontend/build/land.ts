import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import geojsonvt from 'geojson-vt';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';
import { EXTENT, LEVELS, nameOf } from '../src/components/Map/landLevels';
import { unrollLand } from '../src/components/Map/unrollLand';

const MODULE = 'virtual:land';
const RESOLVED = `\0${MODULE}`;
/** So much of its neighbours, in parts of a tile, lets a coast end outside of what is seen. */
const BUFFER = EXTENT / 64;

type Ring = [x: number, y: number][];

const atlas = (name: string) => {
  const file = createRequire(import.meta.url).resolve(`world-atlas/land-${name}.json`);
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology<{ land: GeometryCollection }>;
  return unrollLand(feature(topology, topology.objects.land));
};

/** The first point, then steps: small numbers are packed well. */
const steps = (ring: Ring) => ring.flatMap(([x, y], at) => (at ? [x - (ring[at - 1]?.[0] ?? 0), y - (ring[at - 1]?.[1] ?? 0)] : [x, y]));

function* tilesOf({ zoom, atlas: name }: (typeof LEVELS)[number]): Generator<[string, string]> {
  const index = geojsonvt(atlas(name), { maxZoom: zoom, indexMaxZoom: zoom, indexMaxPoints: 0, extent: EXTENT, buffer: BUFFER, tolerance: 3 });
  for (let x = 0; x < 2 ** zoom; x += 1)
    for (let y = 0; y < 2 ** zoom; y += 1) {
      const rings = (index.getTile(zoom, x, y)?.features ?? []).flatMap(({ geometry }) => geometry as unknown as Ring[]);
      if (rings.length > 0) yield [nameOf(zoom, x, y), JSON.stringify(rings.map(steps))];
    }
}

/** Cuts Natural Earth's land into files of what one part of the map shows at some zooms. `virtual:land` says which there are. */
export function land(): Plugin {
  let made: Map<string, string> | undefined;
  const tiles = () => (made ??= new Map(LEVELS.flatMap((level) => [...tilesOf(level)])));
  const folder = () => `assets/land-${createHash('sha256').update(JSON.stringify([...tiles()])).digest('hex').slice(0, 8)}`;

  return {
    name: 'staywell-land',
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return;
      // Tests draw no map.
      if (process.env.VITEST) return 'export const folder = "", names = "";';
      return `export const folder = "/${folder()}", names = ${JSON.stringify([...tiles().keys()].join(' '))};`;
    },
    configureServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        const name = request.url?.match(/^\/assets\/land-[0-9a-f]+\/(.+)\.json$/)?.[1];
        const tile = name ? tiles().get(name) : undefined;
        if (!tile) return next();
        response.setHeader('Content-Type', 'application/json');
        response.end(tile);
      });
    },
    generateBundle() {
      for (const [name, source] of tiles()) this.emitFile({ type: 'asset', fileName: `${folder()}/${name}.json`, source });
    },
  };
}
