import { expect, test } from 'vitest';
import { moved, photoRefusal } from './photoFiles';

test.each([
  [{ type: 'image/gif', size: 9 }, 'Only JPEG, PNG and WebP photos can be used.'],
  [{ type: 'image/png', size: 0 }, 'This file is empty.'],
  [{ type: 'image/png', size: 15 * 1024 * 1024 }, null],
  [{ type: 'image/jpeg', size: 16 * 1024 * 1024 }, 'This photo has 16.0 MB; the limit is 15 MB.'],
])('%o', (file, sentence) => {
  expect(photoRefusal(file)).toBe(sentence);
});

test('one entry moves and the others keep their order', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
});
