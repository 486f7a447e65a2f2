const LARGEST = '-1600.webp';
const WIDTHS = [320, 800, 1600];

/** Uploaded photos exist in three widths under one naming; others only as they are. */
export function sourceSet(src: string): string | undefined {
  if (!src.endsWith(LARGEST)) return undefined;
  const stem = src.slice(0, -LARGEST.length);
  return WIDTHS.map((width) => `${stem}-${width}.webp ${width}w`).join(', ');
}
