/** Units of a tile's coordinates. */
export const EXTENT = 16_384;

/** Which tiles of land there are: from `from` on the map is drawn of those of `zoom`. */
export const LEVELS = [
  { from: 0, zoom: 0, atlas: '110m' },
  { from: 4, zoom: 2, atlas: '50m' },
  { from: 6, zoom: 4, atlas: '10m' },
] as const;

export const nameOf = (zoom: number, x: number, y: number) => `${zoom}-${x}-${y}`;
