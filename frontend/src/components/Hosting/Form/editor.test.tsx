import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { houseRules, LISTING_ID, rates } from '../../../test/fixtures';
import { ownerStore, ownListing } from '../../../test/hosting';
import { http } from '../../../test/http';
import { onPost, onPut, saved } from '../../../test/listingWrites';
import { renderApp } from '../../../test/renderApp';
import { failure, feedOf, pageOf, server } from '../../../test/server';

vi.mock('../../Map/PinMap', () => ({
  default: ({ onPin }: { onPin: (point: [number, number]) => void }) => (
    <button type="button" onClick={() => onPin([103.8512345678, 1.2931])}>
      Press the map
    </button>
  ),
}));

let stored = ownListing();

beforeEach(() => {
  stored = ownListing();
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
    http.get('*/api/properties/amenities', () => HttpResponse.json({ amenities: [{ name: 'wifi', count: 9 }, { name: 'pool', count: 3 }] })),
    http.get('*/api/owner/listings', () => HttpResponse.json(pageOf([]))),
    http.get(`*/api/owner/listings/${LISTING_ID}`, () => HttpResponse.json(stored)),
  );
});

const open = (address = `/host/listings/${LISTING_ID}`) => renderApp(address, ownerStore());
const field = (name: string) => screen.findByLabelText(name);

const stale = () => failure(412, 'STALE_VERSION', 'Stale.', { details: { version: 2 } });

async function type(name: string, text: string) {
  fireEvent.change(await field(name), { target: { value: text } });
}

test('an empty form sends nothing and stands at the first field that is missing', async () => {
  open('/host/listings/new');
  await userEvent.click(await screen.findByRole('button', { name: 'Create listing' }));
  expect(await field('Title')).toHaveFocus();
  expect(await field('Title')).toHaveAccessibleDescription('Enter a title.');
  expect(await field('Price per night')).toBeInvalid();
  expect(screen.getByText('5 fields need another look.')).toBeVisible();
});

test('a whole listing is created from every field and goes on to its photos', async () => {
  const bodies = onPost(stored);
  const { router } = open('/host/listings/new');
  await type('Title', 'Loft');
  await type('Description', 'Bright.');
  await userEvent.selectOptions(await field('Type of place'), 'house');
  await type('Street and house number (optional)', '1 High Street');
  await type('Neighbourhood (optional)', 'Bugis');
  await type('Arrival instructions (optional)', 'Ring twice.');
  await type('City', 'Singapore');
  await type('Country', 'Singapore');
  await userEvent.click(await screen.findByRole('button', { name: 'Press the map' }));
  await userEvent.click(screen.getByRole('button', { name: 'More guests' }));
  await userEvent.click(screen.getByRole('button', { name: 'More bathrooms' }));
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Wifi' }));
  await userEvent.type(await field('Find or add an amenity'), 'Sauna{Enter}');
  await type('Price per night', '120.5');
  await type('Cleaning fee, once per stay', '20');
  await userEvent.selectOptions(await field('Currency'), 'SGD');
  await type('Minimum nights', '2');
  await type('Maximum nights', '30');
  await type('Check-in until', '22:00');
  await userEvent.selectOptions(await field('Time zone'), 'Asia/Singapore');
  await userEvent.click(screen.getByRole('checkbox', { name: /Published/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Create listing' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/host/listings/${LISTING_ID}/photos`));
  expect(bodies).toEqual([
    {
      title: 'Loft',
      description: 'Bright.',
      arrival_instructions: 'Ring twice.',
      property_type: 'house',
      price_per_night: 120.5,
      cleaning_fee: 20,
      currency: 'SGD',
      location: { address: '1 High Street', area: 'Bugis', city: 'Singapore', state: '', country: 'Singapore', coordinates: { type: 'Point', coordinates: [103.851235, 1.2931] } },
      capacity: { max_guests: 3, bedrooms: 1, bathrooms: 1.5, beds: 1 },
      amenities: ['wifi', 'Sauna'],
      min_nights: 2,
      max_nights: 30,
      check_in_time: '15:00',
      check_in_until: '22:00',
      check_out_time: '11:00',
      time_zone: 'Asia/Singapore',
      is_active: false,
      ...rates,
      ...houseRules,
    },
  ]);
});

test('only the change and the version are sent, and the next save builds on the answer', async () => {
  const bodies = onPut(
    (body) => HttpResponse.json(saved(stored, body, 2)),
    (body) => HttpResponse.json(saved(stored, body, 3)),
  );
  open();
  expect(await screen.findByRole('button', { name: 'Save changes' })).toBeDisabled();
  await type('Title', 'Loft');
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('All saved.')).toBeVisible();
  await type('Price per night', '99');
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  await waitFor(() => expect(bodies).toEqual([{ title: 'Loft', version: 1 }, { price_per_night: 99, version: 2 }]));
});

test('errors of the API stand at their fields, nested ones too, and go when the field changes', async () => {
  const fields = { title: ['Too loud.'], 'location.city': ['Unknown.'], capacity: ['Too many.'] };
  onPut(() => failure(400, 'VALIDATION_ERROR', 'Look.', { fields }));
  open();
  await type('Title', 'LOFT');
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  await waitFor(async () => expect(await field('Title')).toHaveAccessibleDescription('Too loud.'));
  expect(await field('Title')).toHaveFocus();
  expect(await field('City')).toHaveAccessibleDescription('Unknown.');
  expect(screen.getByText('Too many.')).toBeVisible();
  await type('Title', 'Loft');
  expect(await field('Title')).toBeValid();
  expect(await field('City')).toBeInvalid();
});

test('a refusal that belongs to no field is told with its reference and keeps the text', async () => {
  onPut(() => failure(500, 'INTERNAL_ERROR', 'It broke.'));
  open();
  await type('Title', 'Loft');
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('It broke.')).toBeVisible();
  expect(await field('Title')).toHaveValue('Loft');
});

test('somebody else’s change is shown; keeping mine saves over the newer version', async () => {
  const bodies = onPut(stale, (body) => HttpResponse.json(saved(stored, body, 3)));
  open();
  await type('Title', 'Mine');
  stored = ownListing({ title: 'Theirs', price_per_night: 150, version: 2 });
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  const note = await screen.findByRole('alert', { name: 'A newer version' });
  expect(note).toHaveTextContent('Changed there: Title, Price per night. Changed here and not saved: Title.');
  expect(within(note).getByRole('row', { name: 'Title Mine Theirs' })).toBeVisible();
  expect(await field('Title')).toHaveValue('Mine');
  expect(screen.getByRole('button', { name: 'Save changes' })).toBeDisabled();
  await userEvent.click(screen.getByRole('button', { name: 'Load the newer version, keep my changes' }));
  expect(await field('Title')).toHaveValue('Mine');
  expect(await field('Price per night')).toHaveValue('150');
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('All saved.')).toBeVisible();
  expect(bodies).toEqual([{ title: 'Mine', version: 1 }, { title: 'Mine', version: 2 }]);
});

test('dropping mine shows the newer version as it is', async () => {
  onPut(stale);
  open();
  await type('Title', 'Mine');
  stored = ownListing({ title: 'Theirs', version: 2 });
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Load it and discard my changes' }));
  expect(await field('Title')).toHaveValue('Theirs');
  expect(screen.getByText('All saved.')).toBeVisible();
});

test('leaving with unsaved text asks first', async () => {
  const { router } = open();
  await type('Title', 'Loft');
  await userEvent.click(within(screen.getByRole('main')).getByRole('link', { name: 'Your listings' }));
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Stay here' }));
  expect(await field('Title')).toHaveValue('Loft');
  expect(router.state.location.pathname).toBe(`/host/listings/${LISTING_ID}`);
  await userEvent.click(screen.getByRole('link', { name: 'Photos' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Leave and lose it' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/host/listings/${LISTING_ID}/photos`));
});

test('another owner’s listing is not found', async () => {
  server.use(http.get(`*/api/owner/listings/${LISTING_ID}`, () => failure(404, 'NOT_FOUND', 'No.')));
  open();
  expect(await screen.findByRole('heading', { name: 'Listing not found' })).toBeVisible();
});

test('a point that is far from its city is named', async () => {
  server.use(http.get(`*/api/owner/listings/${LISTING_ID}`, () => HttpResponse.json(ownListing({ far_from_city_km: 9512 }))));
  open();
  expect(await screen.findByText(/The point lies 9,512 km from Singapore/)).toBeVisible();
});
