import { useAppSelector } from '../../store/hooks';
import { selectHolds } from '../../store/slices/checkoutSlice';
import { HeldStay } from './HeldStay';

/** The nights that are kept for this traveler until the time runs out. */
export function HoldList() {
  const holds = useAppSelector(selectHolds);
  if (holds.length === 0) return null;
  return (
    <section id="held" aria-label="Held for you" className="scroll-mt-20 space-y-3">
      {holds.map((hold) => (
        <HeldStay key={hold.id} hold={hold} named />
      ))}
    </section>
  );
}
