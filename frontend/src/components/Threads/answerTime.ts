import type { AnswerTime } from '../../api/wire';

const HOUR = 60;
const DAY = 24 * HOUR;
const count = (number: number, unit: string) => (number === 1 ? `one ${unit}` : `${number} ${unit}s`);

/** Null where too few have asked to say. */
export function answerTimeText({ median_minutes: minutes, answered_percent: percent }: AnswerTime): string | null {
  if (percent === null) return null;
  if (minutes === null) return 'Has not answered questions lately.';
  const often = `Answers ${percent} % of questions`;
  if (minutes < 1) return `${often}, mostly within a minute.`;
  if (minutes < HOUR) return `${often}, mostly within ${count(minutes, 'minute')}.`;
  if (minutes < DAY) return `${often}, mostly within ${count(Math.round(minutes / HOUR), 'hour')}.`;
  return `${often}, mostly within ${count(Math.round(minutes / DAY), 'day')}.`;
}
