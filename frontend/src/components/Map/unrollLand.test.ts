import { expect, test } from 'vitest';
import { unrollRing } from './unrollLand';

test('a ring away from the 180th meridian stays as it is', () => {
  const ring = [[103, 1], [104, 1], [104, 2], [103, 1]];
  expect(unrollRing(ring)).toEqual(ring);
});

test('a ring over the 180th meridian runs on beyond it and comes back', () => {
  expect(unrollRing([[179, 1], [-179, 1], [-179, 2], [179, 2], [179, 1]])).toEqual([[179, 1], [181, 1], [181, 2], [179, 2], [179, 1]]);
});

test('a ring around the pole is closed along the pole', () => {
  const ring = [[-120, -70], [0, -70], [120, -70], [-120, -70]];
  expect(unrollRing(ring)).toEqual([[-120, -70], [0, -70], [120, -70], [240, -70], [240, -90], [-120, -90], [-120, -70]]);
});
