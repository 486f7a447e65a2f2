import type { ApiProblem } from '../../api/problem';
import { Button } from './Button';
import { Icon } from './Icon';

interface Props {
  problem: Pick<ApiProblem, 'message' | 'requestId'>;
  onRetry?: () => void;
}

export function ErrorNote({ problem, onRetry }: Props) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-xl border border-rose-600/30 bg-rose-50 p-4 text-rose-800">
      <Icon name="warning" />
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">{problem.message}</p>
        {problem.requestId && <p className="text-sm break-all">Reference: {problem.requestId}</p>}
      </div>
      {onRetry && (
        <Button tone="secondary" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
