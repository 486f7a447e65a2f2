import { useState } from 'react';
import type { Policy } from '../../api/wire';
import { formatInstantIn } from '../../lib/dates';
import { policyNames } from '../../lib/policies';

const share = (percent: number) => (percent === 100 ? 'full refund' : percent === 0 ? 'no refund' : `${percent}\u00a0% back`);

/** What the stay's own policy still gives back, and until when at the clock of the place. */
export function PolicyFacts({ policy }: { policy: Policy }) {
  const { name, tiers, grace_until, time_zone } = policy;
  const [now] = useState(() => Date.now());
  const isAhead = (until: string | null | undefined) => !until || Date.parse(until) > now;
  const left = tiers.filter(({ until }) => isAhead(until));
  const grace = grace_until && isAhead(grace_until) ? grace_until : null;
  const first = left.length === 0 && !grace;
  return (
    <section aria-labelledby="policy-heading" className="card space-y-2 p-5">
      <h2 id="policy-heading" className="text-lg font-bold">
        Cancellation: {policyNames[name].toLowerCase()}
      </h2>
      <ul className="space-y-2">
        {grace && (
          <li>
            Until {formatInstantIn(grace, time_zone)}: <b>full refund</b>, whatever the dates.
          </li>
        )}
        {left.map(({ days_before, percent, until }) => (
          <li key={days_before}>
            {until ? `Until ${formatInstantIn(until, time_zone)}` : `Up to ${days_before} days before check-in`}: <b>{share(percent)}</b>
          </li>
        ))}
        {!tiers.some(({ percent }) => percent === 0) && <li className="text-muted">{first ? 'Now' : 'After that'}: no refund of the nights. Cleaning fee and tax are refunded until check-in.</li>}
      </ul>
    </section>
  );
}
