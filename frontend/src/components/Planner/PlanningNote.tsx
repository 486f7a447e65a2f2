import { LoadingSpinner } from '../Common/LoadingSpinner';

export const PlanningNote = ({ destination }: { destination: string }) => (
  <div className="card grid min-h-96 place-content-center justify-items-center p-6 text-center">
    <LoadingSpinner label={`Planning ${destination}`} />
    <p className="max-w-prose text-muted">The weather of your days, what there is to see, and a stay that is free for all of them. This takes a few seconds.</p>
  </div>
);
