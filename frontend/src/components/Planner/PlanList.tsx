import { Link } from 'react-router';
import type { ItineraryHead } from '../../api/wire';
import { usePlanRemoval } from '../../hooks/usePlanRemoval';
import { formatRange } from '../../lib/dates';
import { guests } from '../../lib/text';
import { Button } from '../Common/Button';
import { IconButton } from '../Common/IconButton';

function PlanRow({ plan, onRemove }: { plan: ItineraryHead; onRemove: () => void }) {
  return (
    <article
      aria-label={`${plan.destination}, ${formatRange(plan.start_date, plan.end_date)}`}
      className="card relative flex h-full items-start gap-3 p-4 has-[a:focus-visible]:ring-3 has-[a:focus-visible]:ring-pine-600 hover:shadow-pop"
    >
      <div className="min-w-0 flex-1">
        <h3 className="font-bold wrap-anywhere">
          <Link to={`/plan/${plan.id}`} className="outline-none after:absolute after:inset-0">
            {plan.destination}
          </Link>
        </h3>
        <p className="text-sm text-muted">
          {formatRange(plan.start_date, plan.end_date)} · {guests(plan.guests)}
        </p>
      </div>
      <IconButton icon="trash" label={`Delete the plan for ${plan.destination}`} onClick={onRemove} className="relative z-10 shrink-0" />
    </article>
  );
}

export function PlanList({ plans }: { plans: ItineraryHead[] }) {
  const { going, remove, undo } = usePlanRemoval();
  if (plans.length === 0) return null;
  return (
    <ul aria-label="Saved plans" className="grid gap-3 md:grid-cols-2">
      {plans.map((plan) => (
        <li key={plan.id}>
          {going.includes(plan.id) ? (
            <div className="flex h-full min-h-24 items-center justify-between gap-3 rounded-card border border-dashed border-edge p-4">
              <p role="status">The plan for {plan.destination} is deleted.</p>
              <Button tone="secondary" aria-label={`Undo: ${plan.destination}`} onClick={() => undo(plan.id)}>
                Undo
              </Button>
            </div>
          ) : (
            <PlanRow plan={plan} onRemove={() => remove(plan.id)} />
          )}
        </li>
      ))}
    </ul>
  );
}
