import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { FoundCard } from '../../../api/wire';
import { IconButton } from '../../../components/Common/IconButton';
import { ListingImage } from '../../../components/Common/ListingImage';
import { Rating } from '../../../components/Common/Rating';
import { formatMoney } from '../../../lib/money';
import { nights } from '../../../lib/text';

interface Props {
  cards: FoundCard[];
  linkTo: (listing: FoundCard) => string;
  onClose: () => void;
}

const priceOf = ({ stay, price_per_night, currency }: FoundCard) =>
  stay ? `${formatMoney(stay.total_price, currency)} total · ${nights(stay.nights)}` : `${formatMoney(price_per_night, currency)} a night`;

/** What was pressed on the map, at its lower edge: inside the screen, however small. */
export function ChosenPlaces({ cards, linkTo, onClose }: Props) {
  const first = useRef<HTMLAnchorElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    before.current ??= document.activeElement;
    first.current?.focus({ preventScroll: true });
  }, [cards]);
  const close = () => {
    onClose();
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it, wherever the focus is inside
    <section
      aria-label="Chosen on the map"
      onKeyDown={(event) => event.key === 'Escape' && close()}
      className="absolute bottom-16 left-3 z-[1000] max-h-[60%] w-[calc(100%-1.5rem)] max-w-md overflow-y-auto rounded-card bg-surface shadow-pop lg:bottom-8"
    >
      <IconButton icon="close" label="Close" onClick={close} className="absolute top-1 right-1 z-10 bg-surface" />
      <ul className="divide-y divide-line">
        {cards.map((card, index) => (
          <li key={card.id}>
            <Link ref={index === 0 ? first : null} to={linkTo(card)} className="flex gap-3 p-2 pr-12 -outline-offset-4">
              <span className="block h-24 w-32 shrink-0 overflow-hidden rounded-xl">
                <ListingImage src={card.image} seed={card.id} eager sizes="8rem" />
              </span>
              <span className="min-w-0 text-sm">
                <span className="line-clamp-2 font-semibold">{card.title}</span>
                <span className="mt-1 block font-medium">{priceOf(card)}</span>
                <Rating rating={card.rating} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
