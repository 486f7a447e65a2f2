export const plural = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export const nights = (n: number) => plural(n, 'night');
export const days = (n: number) => plural(n, 'day');
export const guests = (n: number) => plural(n, 'guest');
export const bedrooms = (n: number) => (n === 0 ? 'Studio' : plural(n, 'bedroom'));
export const beds = (n: number) => plural(n, 'bed');
export const bathrooms = (n: number) => plural(n, 'bathroom');
export const reviews = (n: number) => plural(n, 'review');
export const homes = (n: number) => plural(n, 'place');

export const placeName = (place: { city: string; country: string }) =>
  place.city === place.country ? place.city : `${place.city}, ${place.country}`;

/** What everybody may know of a place, such as "Bugis, Singapore". */
export const areaName = ({ area, ...place }: { area: string; city: string; country: string }) => [area, placeName(place)].filter(Boolean).join(', ');

export const humanise = (code: string) => {
  const words = code.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A share of 1. */
export const percent = (share: number) => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
