import type { ApiProblem } from '../../api/problem';
import type { Alternative } from '../../api/wire';
import { ErrorNote } from '../Common/ErrorNote';
import { Alternatives } from './Alternatives';
import { TakenNights } from './TakenNights';

interface Props {
  problem: ApiProblem;
  currency: string;
  onChoose: (stay: Alternative) => void;
}

/** Why a stay cannot be had: nights that are taken or a rule of the house, with the dates that would do. */
export function StayRefusal({ problem, currency, onChoose }: Props) {
  const { code, message, nights, alternatives } = problem;
  if (code !== 'NIGHTS_TAKEN' && alternatives.length === 0) return <ErrorNote problem={problem} />;
  const others = alternatives.length > 0 ? <Alternatives alternatives={alternatives} currency={currency} onChoose={onChoose} /> : undefined;
  return (
    <TakenNights nights={nights} message={message}>
      {others}
    </TakenNights>
  );
}
