import { expect, test } from 'vitest';
import { moved, photoRefusal } from './photoFiles';

test.each([
  [{ name: 'a.gif', type: 'image/gif', size: 9 }, 'Only JPEG, PNG, WebP, HEIC and AVIF photos can be used.'],
  [{ name: 'a.png', type: 'image/png', size: 0 }, 'This file is empty.'],
  [{ name: 'a.png', type: 'image/png', size: 15 * 1024 * 1024 }, null],
  [{ name: 'a.jpg', type: 'image/jpeg', size: 16 * 1024 * 1024 }, 'This photo has 16.0 MB; the limit is 15 MB.'],
  [{ name: 'IMG_1.HEIC', type: '', size: 9 }, null],
  [{ name: 'IMG_1.heic', type: 'image/heic', size: 9 }, null],
  [{ name: 'IMG_1.txt', type: '', size: 9 }, 'Only JPEG, PNG, WebP, HEIC and AVIF photos can be used.'],
  [{ name: 'IMG_1.heic', type: 'text/html', size: 9 }, 'Only JPEG, PNG, WebP, HEIC and AVIF photos can be used.'],
])('%o', (file, sentence) => {
  expect(photoRefusal(file)).toBe(sentence);
});

test('one entry moves and the others keep their order', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
});
