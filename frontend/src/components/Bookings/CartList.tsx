import { Link } from 'react-router';
import { formatRange } from '../../lib/dates';
import { stayAddress } from '../../lib/filters';
import { formatMoney } from '../../lib/money';
import { guests, placeName } from '../../lib/text';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { cartKey, selectCart, stayRemoved, type CartItem } from '../../store/slices/bookingSlice';
import { Button } from '../Common/Button';
import { buttonStyle } from '../Common/buttonStyle';
import { ListingImage } from '../Common/ListingImage';

function CartRow({ item }: { item: CartItem }) {
  const dispatch = useAppDispatch();
  const { listing, checkIn, checkOut, guestCount } = item;
  return (
    <li className="card flex flex-wrap items-center gap-4 p-3 sm:flex-nowrap">
      <div className="aspect-[3/2] w-28 shrink-0 overflow-hidden rounded-xl">
        <ListingImage src={listing.image} seed={listing.id} sizes="7rem" />
      </div>
      <div className="min-w-0 flex-1 basis-40">
        <h3 className="truncate font-semibold">{listing.title}</h3>
        <p className="text-sm text-muted">
          {formatRange(checkIn, checkOut)} · {guests(guestCount)} · {placeName(listing.location)}
        </p>
        <p className="text-sm">
          <b>{formatMoney(listing.price_per_night, listing.currency)}</b> a night
        </p>
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:justify-end">
        <Button tone="quiet" aria-label={`Remove ${listing.title}`} onClick={() => dispatch(stayRemoved(cartKey(item)))}>
          Remove
        </Button>
        <Link to={stayAddress(listing.id, checkIn, checkOut, guestCount)} aria-label={`Continue with ${listing.title}`} className={buttonStyle()}>
          Continue
        </Link>
      </div>
    </li>
  );
}

/** Nothing is held for a saved stay: its page says whether it is still free, and at what price. */
export function CartList() {
  const cart = useAppSelector(selectCart);
  if (cart.length === 0) return null;
  return (
    <section id="aside" aria-labelledby="aside-heading" className="scroll-mt-20 space-y-3">
      <div>
        <h2 id="aside-heading" className="text-xl font-bold">
          Saved for later
        </h2>
        <p className="text-muted">Not requested yet, and not held for you.</p>
      </div>
      <ul aria-label="Stays saved for later" className="space-y-3">
        {cart.map((item) => (
          <CartRow key={cartKey(item)} item={item} />
        ))}
      </ul>
    </section>
  );
}
