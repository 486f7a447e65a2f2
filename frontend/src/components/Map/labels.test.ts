import { expect, test } from 'vitest';
import type { PlaceSuggestion } from '../../api/wire';
import { labelsOf, squareAround } from './labels';

const place = (name: string, lng: number): PlaceSuggestion => ({ id: name, name, label: name, kind: 'city', country: '', center: [lng, 0], bbox: [0, 0, 0, 0] });

const across = ([lng]: readonly [number, number]) => [lng, 0] as const;

test('a name without room goes below its place, or farther up, or away', () => {
  const shown = labelsOf([place('Paris', 0), place('Neuilly', 20), place('Nanterre', 10), place('Ivry', 5), place('Lyon', 200)], across, []);
  expect(shown.map(({ name, below }) => [name, below])).toEqual([['Paris', -34], ['Neuilly', 34], ['Nanterre', -62], ['Lyon', -34]]);
});

test('names keep off what stands on the map', () => {
  const shown = labelsOf([place('Paris', 0)], across, [[[0, -30], [25, 25]]]);
  expect(shown.map(({ below }) => below)).toEqual([34]);
});

test('a part of the map is asked for on a grid', () => {
  expect(squareAround([103.6, 1.2, 104.1, 1.5])).toEqual([103.5, 1, 104.25, 1.5]);
  expect(squareAround([103.61, 1.21, 104.11, 1.49])).toEqual([103.5, 1, 104.25, 1.5]);
});

test('over the date line and round the world it stays on earth', () => {
  expect(squareAround([179.3, -17, -179.6, -16.5])).toEqual([179, -17, -179.5, -16.5]);
  expect(squareAround([-180, -60, 180, 80])).toEqual([-180, -90, 180, 90]);
});
