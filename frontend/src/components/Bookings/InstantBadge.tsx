import { Icon } from '../Common/Icon';

/** Whether a booking stands at once or is first asked of the host. */
export function InstantBadge({ instant }: { instant: boolean }) {
  return (
    <p className={`flex items-start gap-2 rounded-xl p-3 text-sm ${instant ? 'bg-pine-50 text-pine-900' : 'bg-mist'}`}>
      <Icon name={instant ? 'check' : 'clock'} />
      <span>
        <b>{instant ? 'Book now' : 'Request to book'}:</b> {instant ? 'your stay is confirmed as soon as you pay.' : 'the host answers first, and only then is anything taken from your card.'}
      </span>
    </p>
  );
}
