import { today } from '../lib/dates';
import { cartRestored, type CartItem } from './slices/bookingSlice';
import type { AppStore } from './store';

const KEY = 'staywell.cart';

const isItem = (item: Partial<CartItem> | null): item is CartItem =>
  typeof item?.listing?.id === 'string' && typeof item.checkIn === 'string' && typeof item.checkOut === 'string' && typeof item.guestCount === 'number';

/** What this browser kept once had the exact place: a kilometre is enough to know the city again. */
function coarse(item: CartItem): CartItem {
  const { city, state, country, coordinates } = item.listing.location;
  const [lng, lat] = coordinates.coordinates.map((degrees) => Math.round(degrees * 100) / 100) as [number, number];
  return { ...item, listing: { ...item.listing, location: { city, state, country, coordinates: { type: 'Point', coordinates: [lng, lat] } } } };
}

/** Stays whose first day has passed are not kept. */
function readCart(): CartItem[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isItem).filter((item) => item.checkIn >= today()).map(coarse) : [];
  } catch {
    return [];
  }
}

/** Keeps the stays saved for later across reloads, in this browser. Returns the way to stop. */
export function keepCart(store: AppStore): () => void {
  const stored = readCart();
  if (stored.length > 0) {
    store.dispatch(cartRestored(stored));
    localStorage.setItem(KEY, JSON.stringify(stored));
  }
  let known = store.getState().bookings.cart;
  return store.subscribe(() => {
    const { cart } = store.getState().bookings;
    if (cart === known) return;
    known = cart;
    if (cart.length > 0) localStorage.setItem(KEY, JSON.stringify(cart));
    else localStorage.removeItem(KEY);
  });
}
