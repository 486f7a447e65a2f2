import { expect, test } from 'vitest';
import type { Place } from '../api/wire';
import { noFilters, readFilters, readPage, searchRequest, stayAddress, writeFilters, type Filters } from './filters';

const places: Place[] = [{ city: 'Lisbon', state: '', country: 'Portugal', count: 25, center: [-9.14, 38.72] }];
const full: Filters = {
  location: 'Lisbon, Portugal',
  minPrice: 50,
  maxPrice: 200,
  propertyType: 'house',
  maxGuests: 4,
  amenities: ['Wifi', 'Pool'],
  checkIn: '2026-12-04',
  checkOut: '2026-12-06',
  bbox: [-9.5, 38.5, -9, 39],
  near: null,
  ask: 'a house with a pool',
};

test('a search survives the way through the address bar', () => {
  const address = writeFilters(full, 3);
  expect(address.toString()).toBe(
    'ask=a+house+with+a+pool&place=Lisbon%2C+Portugal&check_in=2026-12-04&check_out=2026-12-06&guests=4&min_price=50&max_price=200&type=house&amenities=Wifi%2CPool&bbox=-9.5000%2C38.5000%2C-9.0000%2C39.0000&page=3',
  );
  expect(readFilters(address)).toEqual(full);
  expect(readPage(address)).toBe(3);
});

test('what makes no sense in an address is left out', () => {
  const address = new URLSearchParams('check_in=2026-12-06&check_out=2026-12-04&min_price=-3&guests=x&bbox=1,2,1,3&near=1,91&type=castle&page=0');
  expect(readFilters(address)).toEqual(noFilters);
  expect(readPage(address)).toBe(1);
});

test('an area over the date line is read, and asked for', () => {
  const read = readFilters(new URLSearchParams('bbox=179.5,-17.5,-179.5,-16'));
  expect(read.bbox).toEqual([179.5, -17.5, -179.5, -16]);
  expect(searchRequest(read, places).params).toMatchObject({ bbox: '179.5,-17.5,-179.5,-16' });
  expect(readFilters(new URLSearchParams('bbox=181,-17.5,-179.5,-16')).bbox).toBeNull();
});

test('without any filter the newest listings are asked for', () => {
  expect(searchRequest(noFilters, places)).toEqual({ path: '/properties', params: {} });
});

test('a known place becomes a point with a radius', () => {
  expect(searchRequest({ ...noFilters, location: 'lisbon' }, places).params).toMatchObject({ lng: -9.14, lat: 38.72, radius_km: 30 });
});

test('the view of the map goes before the place', () => {
  expect(searchRequest(full, places)).toEqual({
    path: '/properties/search',
    params: {
      bbox: '-9.5,38.5,-9,39',
      min_price: 50,
      max_price: 200,
      property_type: 'house',
      amenities: 'Wifi,Pool',
      guests: 4,
      check_in: '2026-12-04',
      check_out: '2026-12-06',
    },
  });
});

test('a name that is no known place is left to the search', () => {
  expect(searchRequest({ ...noFilters, location: ' Chinatown ' }, places).params).toMatchObject({ location: 'Chinatown' });
});

test('a point goes before a name', () => {
  const { params } = searchRequest({ ...noFilters, location: 'Lisbon', near: [103.85, 1.29] }, places);
  expect(params).toMatchObject({ lng: 103.85, lat: 1.29, radius_km: 30 });
  expect(params).not.toHaveProperty('location');
});

test('a sentence alone is no filter of the search', () => {
  expect(searchRequest({ ...noFilters, ask: 'something nice' }, places)).toEqual({ path: '/properties', params: {} });
});

test('the address of a stay chooses its dates and guests', () => {
  expect(stayAddress('0123', '2026-12-04', '2026-12-06', 2)).toBe('/listings/0123?check_in=2026-12-04&check_out=2026-12-06&guests=2');
});
