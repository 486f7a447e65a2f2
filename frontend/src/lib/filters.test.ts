import { expect, test } from 'vitest';
import { searchRequest } from '../features/search/api/request';
import { noFilters, readFilters, readPage, stayAddress, writeFilters, type Filters } from './filters';

const full: Filters = {
  ...noFilters,
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
  expect(searchRequest(read).params).toMatchObject({ bbox: '179.5,-17.5,-179.5,-16' });
  expect(readFilters(new URLSearchParams('bbox=181,-17.5,-179.5,-16')).bbox).toBeNull();
});

test('without any filter the newest listings are asked for', () => {
  expect(searchRequest(noFilters)).toEqual({ path: '/properties', params: {} });
});

test('a place of the gazetteer is asked for by its id', () => {
  const { params } = searchRequest({ ...noFilters, location: 'Lisbon, Portugal', placeId: '2267057' });
  expect(params).toMatchObject({ place: '2267057' });
  expect(params).not.toHaveProperty('location');
});

test('the view of the map goes before the place', () => {
  expect(searchRequest(full)).toEqual({
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
  expect(searchRequest({ ...noFilters, location: ' Chinatown ' }).params).toMatchObject({ location: 'Chinatown' });
});

test('a point goes before a name', () => {
  const { params } = searchRequest({ ...noFilters, location: 'Lisbon', near: [103.85, 1.29] });
  expect(params).toMatchObject({ lng: 103.85, lat: 1.29, radius_km: 30 });
  expect(params).not.toHaveProperty('location');
});

test('a sentence alone is no filter of the search', () => {
  expect(searchRequest({ ...noFilters, ask: 'something nice' })).toEqual({ path: '/properties', params: {} });
});

test('the address of a stay chooses its dates and guests', () => {
  expect(stayAddress('0123', '2026-12-04', '2026-12-06', 2)).toBe('/listings/0123?check_in=2026-12-04&check_out=2026-12-06&guests=2');
});

test('every further filter survives the way through the address bar, and is asked for', () => {
  const more: Filters = {
    ...noFilters,
    location: 'Lisbon, Portugal',
    placeId: '2267057',
    words: 'sea view',
    checkIn: '2026-12-04',
    checkOut: '2026-12-06',
    flexible: '2',
    maxGuests: 4,
    children: 1,
    infants: 1,
    pets: 2,
    minPrice: 10,
    maxTotal: 900,
    currency: 'EUR',
    bedrooms: 2,
    beds: 3,
    bathrooms: 1.5,
    accessibility: ['step_free_entrance'],
    minRating: 4.5,
    instantBook: true,
    freeCancellation: true,
    selfCheckIn: true,
    sort: 'price',
  };
  expect(readFilters(writeFilters(more))).toEqual(more);
  expect(searchRequest(more)).toEqual({
    path: '/properties/search',
    params: {
      place: '2267057',
      q: 'sea view',
      check_in: '2026-12-04',
      check_out: '2026-12-06',
      flexible: '2',
      guests: 4,
      adults: 3,
      children: 1,
      infants: 1,
      pets: 2,
      min_price: 10,
      max_total: 900,
      currency: 'EUR',
      bedrooms: 2,
      beds: 3,
      bathrooms: 1.5,
      accessibility: 'step_free_entrance',
      min_rating: 4.5,
      instant_book: true,
      free_cancellation: true,
      self_check_in: true,
      sort: 'price',
    },
  });
});

test('what the API would refuse together is left out', () => {
  const read = (query: string) => readFilters(new URLSearchParams(query));
  expect(read('max_total=900&currency=EUR')).toEqual(noFilters);
  expect(read('flexible=2')).toEqual(noFilters);
  expect(read('months=2026-12')).toEqual(noFilters);
  expect(read('place_id=2267057')).toEqual(noFilters);
  expect(read('guests=2&children=2').children).toBeNull();
  expect(read('flexible=weekend&months=2026-12,x&check_in=2026-12-04&check_out=2026-12-06&max_total=900')).toEqual({
    ...noFilters,
    flexible: 'weekend',
    months: ['2026-12'],
    maxTotal: 900,
  });
});
