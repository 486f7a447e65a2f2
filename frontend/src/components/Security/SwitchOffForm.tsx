import type { SecondFactor } from '../../api/wire';
import { formatInstant } from '../../lib/dates';
import { useAppDispatch } from '../../store/hooks';
import { messageShown } from '../../store/slices/messageSlice';
import { endSecondFactor } from '../../store/slices/secondFactorSlice';
import { ProofForm } from './ProofForm';

const codesLeft = (count: number) => (count === 1 ? '1 recovery code is left.' : `${count} recovery codes are left.`);

export function SwitchOffForm({ factor }: { factor: SecondFactor }) {
  const dispatch = useAppDispatch();
  return (
    <ProofForm
      label="Switch the second factor off"
      action="Switch it off"
      tone="danger"
      className="card space-y-4 p-5 sm:p-6"
      onProof={async (proof) => {
        const answer = await dispatch(endSecondFactor(proof));
        if (endSecondFactor.rejected.match(answer)) return answer.payload;
        dispatch(messageShown({ tone: 'success', text: 'The second factor is off.' }));
        return null;
      }}
    >
      <h2 className="text-xl font-semibold">The second factor is on</h2>
      <p className="text-muted">
        {factor.on_since && (
          <>
            Since <time dateTime={factor.on_since}>{formatInstant(factor.on_since)}</time>.{' '}
          </>
        )}
        {codesLeft(factor.recovery_codes_left)} For new ones, switch it off and on again.
      </p>
    </ProofForm>
  );
}
