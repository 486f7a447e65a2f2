export const MOST_PHOTOS = 30;
export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif', 'image/avif'];
/** Not every browser knows the type of a telephone's photo. */
const PHONE_PHOTO = /\.(heic|heif|avif)$/i;
/** What a file input offers. */
export const PHOTO_ACCEPT = [...PHOTO_TYPES, '.heic', '.heif', '.avif'].join(',');
const LARGEST_BYTES = 15 * 1024 * 1024;

/** Why a file cannot become a photo, before anything is sent; null when it may. The API looks into the file itself. */
export function photoRefusal({ type, size, name }: Pick<File, 'type' | 'size' | 'name'>): string | null {
  if (!PHOTO_TYPES.includes(type) && !(type === '' && PHONE_PHOTO.test(name))) return 'Only JPEG, PNG, WebP, HEIC and AVIF photos can be used.';
  if (size > LARGEST_BYTES) return `This photo has ${(size / 1024 / 1024).toFixed(1)} MB; the limit is 15 MB.`;
  return size === 0 ? 'This file is empty.' : null;
}

/** The same list with one entry at another place. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), list[from] as T, ...rest.slice(to)];
}
