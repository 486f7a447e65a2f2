import { expect, test } from 'vitest';
import { spellName, spellsOf } from './weather';

const day = (date: string, summary: string) => ({ date, summary, high_c: 30, low_c: 24, rain_mm: null, rain_days_share: 0.5 });

test('days in a row with the same weather are told once', () => {
  const spells = spellsOf([day('2026-12-04', 'Wet'), day('2026-12-05', 'Wet'), day('2026-12-06', 'Dry'), day('2026-12-07', 'Wet')]);
  expect(spells.map((spell) => `${spellName(spell)}: ${spell.summary}`)).toEqual(['Dec 4 – 5: Wet', 'Dec 6: Dry', 'Dec 7: Wet']);
});
