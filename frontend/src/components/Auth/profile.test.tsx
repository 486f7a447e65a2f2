import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Preferences } from '../../api/wire';
import { preferences, traveler } from '../../test/fixtures';
import { fill } from '../../test/fill';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const profile = { about_me: 'Likes trains.', city: 'Leeds', country: 'UK', languages: ['English'], gender: 'female', profile_picture: '' };
const user = { ...traveler, profile, created_at: '2026-01-15T10:00:00Z' };

beforeEach(() => {
  URL.createObjectURL = vi.fn(() => 'blob:chosen');
  URL.revokeObjectURL = vi.fn();
  server.use(http.get('*/api/traveler/profile', () => HttpResponse.json(user)));
});

test('every field of the profile can be read and changed', async () => {
  let sent: unknown;
  server.use(
    http.put('*/api/traveler/profile', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ ...user, phone: '+44 113 496 0000', profile: { ...profile, city: 'York', languages: ['English', 'Welsh'] } });
    }),
  );
  const { store } = renderApp('/profile', travelerStore());
  expect(await screen.findByText('Likes trains.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Edit profile' }));
  fill(screen.getByLabelText('City'), 'York');
  fill(screen.getByLabelText('Phone'), '+44 113 496 0000');
  fill(screen.getByLabelText('Languages'), 'English, Welsh, English');
  await userEvent.click(screen.getByRole('button', { name: 'Save profile' }));
  expect(await screen.findByText('Your profile is saved.')).toBeVisible();
  expect(sent).toEqual({
    first_name: 'Tina',
    last_name: 'Tan',
    phone: '+44 113 496 0000',
    profile: { city: 'York', country: 'UK', languages: ['English', 'Welsh'], gender: 'female', about_me: 'Likes trains.' },
  });
  expect(store.getState().auth.user?.profile.city).toBe('York');
  expect(screen.getByText('English, Welsh')).toBeVisible();
});

test('what the API says about a field stands at that field', async () => {
  const fields = { phone: ['Give a phone number.'], 'profile.city': ['Too long.'] };
  server.use(http.put('*/api/traveler/profile', () => failure(400, 'VALIDATION_ERROR', 'Look at the fields.', { fields })));
  renderApp('/profile', travelerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Edit profile' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save profile' }));
  expect(await screen.findByText('Too long.')).toBeVisible();
  expect(screen.getByLabelText('Phone')).toHaveAccessibleDescription('Give a phone number.');
  expect(screen.getByLabelText('City')).toHaveAccessibleDescription('Too long.');
});

test('a picture is looked at before it is sent, and can be removed', async () => {
  const pictured = { ...user, profile: { ...profile, profile_picture: '/media/p.webp' } };
  let received = '';
  server.use(
    http.post('*/api/traveler/profile/picture', ({ request }) => {
      received = request.headers.get('content-type') ?? '';
      return HttpResponse.json(pictured);
    }),
    http.delete('*/api/traveler/profile/picture', () => HttpResponse.json(user)),
  );
  const { store } = renderApp('/profile', travelerStore());
  await screen.findByText('Likes trains.');
  await userEvent.upload(screen.getByLabelText('Add a picture'), new File(['x'], 'me.png', { type: 'image/png' }));
  expect(screen.getByRole('img', { name: 'The chosen picture' })).toHaveAttribute('src', 'blob:chosen');
  expect(received).toBe('');
  await userEvent.click(screen.getByRole('button', { name: 'Use this picture' }));
  expect(await screen.findByRole('img', { name: 'Your picture' })).toHaveAttribute('src', '/media/p.webp');
  expect(received).toContain('multipart/form-data');
  await userEvent.click(screen.getByRole('button', { name: 'Remove picture' }));
  await waitFor(() => expect(store.getState().auth.user?.profile.profile_picture).toBe(''));
});

test('a picture that is none is refused with its reason', async () => {
  server.use(http.post('*/api/traveler/profile/picture', () => failure(400, 'IMAGE_TYPE', 'Only JPEG, PNG and WebP.')));
  renderApp('/profile', travelerStore());
  await screen.findByText('Likes trains.');
  await userEvent.upload(screen.getByLabelText('Add a picture'), new File(['x'], 'me.png', { type: 'image/png' }));
  await userEvent.click(screen.getByRole('button', { name: 'Use this picture' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Only JPEG, PNG and WebP.');
});

test('preferences are changed as a whole', async () => {
  let sent: Partial<Preferences> = {};
  server.use(
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
    http.get('*/api/properties/amenities', () => HttpResponse.json({ amenities: [{ name: 'Wifi', count: 2 }], known: [] })),
    http.get('*/api/traveler/preferences', () => HttpResponse.json(preferences)),
    http.put('*/api/traveler/preferences', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ ...preferences, ...sent });
    }),
  );
  renderApp('/preferences', travelerStore());
  await userEvent.click(await screen.findByRole('checkbox', { name: 'House' }));
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Wifi' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Food' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Relaxed' }));
  fill(screen.getByLabelText('Maximum per night'), '180');
  await userEvent.click(screen.getByRole('button', { name: 'Save preferences' }));
  expect(await screen.findByText('Your preferences are saved.')).toBeVisible();
  expect(sent).toEqual({ ...preferences, property_types: ['house'], amenities: ['Wifi'], interests: ['food'], pace: 'relaxed', max_price_per_night: 180 });
});
