import { expect, test } from 'vitest';
import { ownListing } from '../test/hosting';
import { bodyOf, changedNames, changesOf, draftOf, newDraft, rebase } from './listingDraft';
import { draftProblems } from './listingRules';
import { newSeason } from './rateDraft';

const base = draftOf(ownListing());

test('an untouched form sends nothing', () => {
  expect(changedNames(base, draftOf(ownListing()))).toEqual([]);
  expect(changesOf(base, { ...base })).toEqual({});
});

test('only what changed is sent, and a place as a whole', () => {
  expect(changesOf(base, { ...base, price_per_night: '99.5', city: 'Johor' })).toEqual({
    price_per_night: 99.5,
    location: { address: '', area: '', city: 'Johor', state: '', country: 'Singapore', coordinates: { type: 'Point', coordinates: [103.85, 1.29] } },
  });
});

test('a text that may be left empty is taken away by emptying it', () => {
  const late = draftOf(ownListing({ check_in_until: '22:00' }));
  expect(late.check_in_until).toBe('22:00');
  expect(changesOf(late, { ...late, check_in_until: '' })).toEqual({ check_in_until: null });
});

test('what is not known of an imported place stays unknown', () => {
  const sparse = draftOf(ownListing({ capacity: { max_guests: 2, bedrooms: null, bathrooms: null, beds: null } }));
  expect(bodyOf(sparse).capacity).toEqual({ max_guests: 2, bedrooms: null, bathrooms: null, beds: null });
});

test('typed text survives a newer version, and their other changes come in', () => {
  const mine = { ...base, title: 'Mine' };
  const theirs = { ...base, title: 'Theirs', price_per_night: '150' };
  expect(rebase(base, mine, theirs)).toEqual({ ...base, title: 'Mine', price_per_night: '150' });
});

test('an empty form names what is missing', () => {
  expect(Object.keys(draftProblems(newDraft()))).toEqual(['title', 'city', 'country', 'lat', 'price_per_night']);
});

test.each([
  [{ lat: '91' }, 'lat'],
  [{ lng: 'x' }, 'lat'],
  [{ price_per_night: '0' }, 'price_per_night'],
  [{ price_per_night: '12.345' }, 'price_per_night'],
  [{ cleaning_fee: '-1' }, 'cleaning_fee'],
  [{ min_nights: '0' }, 'min_nights'],
  [{ min_nights: '9', max_nights: '8' }, 'max_nights'],
  [{ check_in_time: '' }, 'check_in_time'],
  [{ weekend_price: '0' }, 'weekend_price'],
  [{ weekly_discount_percent: '91' }, 'weekly_discount_percent'],
  [{ monthly_discount_percent: '1.5' }, 'monthly_discount_percent'],
  [{ tax_per_person_night: '' }, 'tax_per_person_night'],
  [{ tax_nights_cap: '0' }, 'tax_nights_cap'],
  [{ lead_days: '366' }, 'lead_days'],
  [{ window_days: '0' }, 'window_days'],
  [{ prep_nights: '8' }, 'prep_nights'],
  [{ seasons: [{ ...newSeason(), name: 'Advent', start: '2026-12-24', end: '2026-12-24' }] }, 'seasons'],
  [{ seasons: [{ ...newSeason(), start: '2026-12-01', end: '2026-12-24' }] }, 'seasons'],
])('%o is refused at %s', (patch, name) => {
  expect(Object.keys(draftProblems({ ...base, ...patch }))).toEqual([name]);
});

test('a whole listing has no problem', () => {
  expect(draftProblems(base)).toEqual({});
});
