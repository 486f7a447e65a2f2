/** Decimals of amounts by ISO 4217, where there are not two. A browser's own (CLDR) leaves out some that are paid. */
const WHOLE = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));
const THREE = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

export const currencyDigits = (currency: string) => (WHOLE.has(currency) ? 0 : THREE.has(currency) ? 3 : 2);

/** What the `step` of a number field is: 1, 0.01 or 0.001. */
export const smallestAmount = (currency: string) => String(Number(`1e-${currencyDigits(currency)}`));

const words = ['with no decimals', '', 'with two decimals at most', 'with three decimals at most'];

export const decimalsWords = (currency: string) => words[currencyDigits(currency)] ?? '';

export function isAmount(value: string, currency: string) {
  const digits = currencyDigits(currency);
  const [whole = '', decimals] = value.split('.');
  return /^\d+$/.test(whole) && (decimals === undefined || (/^\d+$/.test(decimals) && decimals.length <= digits));
}
