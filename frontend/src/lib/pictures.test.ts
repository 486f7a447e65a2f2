import { expect, test } from 'vitest';
import { sourceSet } from './pictures';

test('an uploaded photo is offered in its three widths', () => {
  expect(sourceSet('/media/listings/1/a-1600.webp')).toBe(
    '/media/listings/1/a-320.webp 320w, /media/listings/1/a-800.webp 800w, /media/listings/1/a-1600.webp 1600w',
  );
});

test('any other picture has only itself', () => {
  expect(sourceSet('https://pictures.example/a.jpg')).toBeUndefined();
});
