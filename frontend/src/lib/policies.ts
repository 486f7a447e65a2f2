import type { PolicyName } from '../api/wire';

export const policyNames: Record<PolicyName, string> = { flexible: 'Flexible', moderate: 'Moderate', firm: 'Firm', strict: 'Strict' };

/** For the host who chooses; guests read the words of the API. */
export const policyTexts: Record<PolicyName, string> = {
  flexible: 'Full refund until 1 day before check-in, no refund of the nights after that.',
  moderate: 'Full refund until 5 days before check-in, half until 1 day before.',
  firm: 'Full refund until 30 days before check-in, half until 7 days before.',
  strict: 'Full refund until 60 days before check-in, half until 14 days before.',
};
