import { expect, test } from 'vitest';
import type { FoundCard, FoundPage } from '../../../api/wire';
import { listing } from '../../../test/fixtures';
import { foundPage } from '../../../test/server';
import { layoutOf, withPin, type Layout } from './pins';

const card = (id: string, lng: number, lat: number): FoundCard => ({ ...listing, id, location: { ...listing.location, coordinates: { type: 'Point', coordinates: [lng, lat] } } });
/** A hundred pixels a degree. */
const project = ([lng, lat]: readonly [number, number]) => [lng * 100, lat * -100] as const;
const ids = ({ pins }: Layout) => pins.map((pin) => pin.card.id);
const clusters = (...centers: [number, number, number][]) => centers.map(([lng, lat, count]) => ({ center: [lng, lat], count }));
const page = (found: FoundCard[], total: number, squares: [number, number, number][] = []): FoundPage => ({
  ...foundPage(found, { total }),
  facets: { amenities: [], property_types: [], policies: [], instant_book: 0, prices: [], currency: 'EUR', summed_capped: false, clusters: clusters(...squares) },
});

test('what would stack becomes a number that holds its places', () => {
  const [a, b, c] = [card('a', 0, 0), card('b', 0.3, 0.1), card('c', 2, 0)];
  const layout = layoutOf(page([a, b, c], 3), [], project);
  expect(ids(layout)).toEqual(['c']);
  expect(layout.bubbles).toMatchObject([{ count: 2, center: [0, 0], cards: [a, b] }]);
});

test('with more than are at hand the squares of the server count all of them', () => {
  const layout = layoutOf(page([card('a', 0, 0)], 500, [[0, 0, 300], [0.2, 0, 150], [3, 0, 50]]), [card('a', 0, 0), card('b', 1.5, 0)], project);
  expect(layout.bubbles.map(({ count, center }) => [count, center])).toEqual([[450, [0, 0]], [50, [3, 0]]]);
  expect(ids(layout)).toEqual(['b']);
});

test('before the answer for the map is there, it shows the list', () => {
  expect(ids(layoutOf(undefined, [card('a', 0, 0), card('b', 2, 0)], project))).toEqual(['a', 'b']);
});

test('a place that is pointed at gets a pin of its own, once', () => {
  const one = card('a', 0, 0);
  const layout = withPin({ pins: [], bubbles: [] }, one);
  expect(ids(layout)).toEqual(['a']);
  expect(withPin(layout, one)).toBe(layout);
  expect(withPin(layout, undefined)).toBe(layout);
});
