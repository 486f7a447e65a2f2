import { expect, test } from 'vitest';
import { uuid } from './uuid';

test('a version 4 uuid, a new one each time', () => {
  expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(Array.from({ length: 100 }, uuid)).size).toBe(100);
});
