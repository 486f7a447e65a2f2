import { expect, test } from 'vitest';
import { boxOfView, eastInOnePiece, nearMiddle } from './dateLine';

test.each([
  [[103, 1, 104, 2], [103, 1, 104, 2]],
  [[-180, -90, 180, 90], [-180, -90, 180, 90]],
  [[-200, -80, 200, 80], [-180, -80, 180, 80]],
  [[179.5, -17, 180.5, -16], [179.5, -17, -179.5, -16]],
  [[-180.5, -17, -179.5, -16], [179.5, -17, -179.5, -16]],
  [[190, -17, 200, -16], [-170, -17, -160, -16]],
] as const)('the view %j is the box %j', ([west, south, east, north], box) => {
  expect(boxOfView(west, south, east, north)).toEqual(box);
});

test('a box over the date line is drawn in one piece, and its homes with it', () => {
  expect(eastInOnePiece([179.5, -17.5, -179.5, -16])).toBe(180.5);
  expect(eastInOnePiece([103, 1, 104, 2])).toBe(104);
  expect([179.9, -179.9].map((lng) => nearMiddle(lng, 180))).toEqual([179.9, 180.1]);
  expect([179.9, -179.9].map((lng) => nearMiddle(lng, -180))).toEqual([-180.1, -179.9]);
  expect(nearMiddle(103.8, 20)).toBe(103.8);
});
