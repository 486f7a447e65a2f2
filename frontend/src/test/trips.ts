import type { Itinerary, OfferedStay } from '../api/wire';
import { lines, listing } from './fixtures';

const offeredStay: OfferedStay = {
  listing,
  check_in: '2026-12-04',
  check_out: '2026-12-06',
  nights: 2,
  guest_count: 2,
  total_price: 260,
  currency: 'SGD',
  lines,
  booking_id: null,
};

const dayWeather = { high_c: 30.6, low_c: 24.7, rain_mm: null, rain_days_share: 0.58, summary: 'Usual for December: 25 to 31 °C, wet on 6 days of 10.' };

export const itinerary: Itinerary = {
  id: 'e00000000000000000000001',
  destination: 'Singapore',
  start_date: '2026-12-04',
  end_date: '2026-12-06',
  guests: 2,
  planner: 'embedded',
  summary: 'Two days of food and gardens.',
  created_at: '2026-11-22T08:00:00Z',
  weather: { place: 'Singapore', source: 'climate-normals', attribution: 'Normals 1991–2020.', days: [{ date: '2026-12-04', ...dayWeather }] },
  stay: offeredStay,
  alternatives: [{ ...offeredStay, listing: { ...listing, id: 'f123456789abcdef01234567', title: 'Attic in the park' }, total_price: 300 }],
  days: [
    {
      date: '2026-12-04',
      weather: { date: '2026-12-04', ...dayWeather },
      note: 'Rain is likely, so museums first.',
      activities: [
        {
          id: 'poi-1',
          name: 'National Museum',
          category: 'museum',
          part_of_day: 'morning',
          description: 'History of the island.',
          coordinates: { type: 'Point', coordinates: [103.848, 1.296] },
          distance_km: 0.8,
          url: 'https://museum.example',
        },
      ],
    },
    { date: '2026-12-05', weather: null, note: '', activities: [] },
  ],
};
