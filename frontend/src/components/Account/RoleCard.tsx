import type { User, UserType } from '../../api/wire';
import { useSubmit } from '../../hooks/useSubmit';
import { hasRole } from '../../lib/roles';
import { useAppDispatch } from '../../store/hooks';
import { addRole } from '../../store/slices/accountThunks';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';

const OFFERS: { role: UserType; text: string; label: string }[] = [
  { role: 'owner', text: 'Offer a home with the same account: list it, answer requests, see your revenue.', label: 'Become a host' },
  { role: 'traveler', text: 'Book stays with the same account: keep favorites, plan trips, travel.', label: 'Become a guest' },
];

/** One account is for both sides. Who has both sees nothing to choose. */
export function RoleCard({ user }: { user: User }) {
  const dispatch = useAppDispatch();
  const { busy, problem, submit } = useSubmit();
  const offer = OFFERS.find(({ role }) => !hasRole(user, role));
  return (
    <section aria-label="Guest and host" className="card space-y-4 p-5 sm:p-6">
      <h2 className="text-xl font-bold">Guest and host</h2>
      {problem && <ErrorNote problem={problem} />}
      <p>{offer ? offer.text : 'You are guest and host with this account.'}</p>
      {offer && (
        <Button tone="secondary" busy={busy} onClick={() => void submit(() => dispatch(addRole(offer.role)))}>
          {offer.label}
        </Button>
      )}
    </section>
  );
}
