export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';

const base =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-full px-5 py-2 font-semibold no-underline transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55';

const tones: Record<ButtonTone, string> = {
  primary: 'bg-pine-700 text-white enabled:hover:bg-pine-900 [a]:hover:bg-pine-900',
  secondary: 'border border-edge bg-surface text-ink enabled:hover:bg-mist [a]:hover:bg-mist',
  quiet: 'text-pine-700 enabled:hover:bg-pine-50 [a]:hover:bg-pine-50',
  danger: 'bg-rose-600 text-white enabled:hover:bg-rose-800',
};

export const buttonStyle = (tone: ButtonTone = 'primary') => `${base} ${tones[tone]}`;
