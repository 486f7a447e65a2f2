const palettes = [
  { sky: '#cfe6df', far: '#8dbfae', near: '#3f8674', sun: '#f7c48f', wall: '#fdf8ef', roof: '#0b5a4d' },
  { sky: '#f9e3cb', far: '#dfae86', near: '#8c6a54', sun: '#fff6e6', wall: '#fffaf2', roof: '#6a4632' },
  { sky: '#d5dfee', far: '#98abc9', near: '#50678d', sun: '#fdf1d6', wall: '#fbfbf8', roof: '#2c4163' },
  { sky: '#1f4a50', far: '#17393f', near: '#0d282c', sun: '#f7dca8', wall: '#f4e6c8', roof: '#0a1d20' },
  { sky: '#dcead2', far: '#a5c592', near: '#5d8a55', sun: '#f6d186', wall: '#fcfaf0', roof: '#34562f' },
] as const;

const hash = (text: string) => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7);

/** A drawn landscape in place of a picture that is missing; the same seed draws the same one. */
export function Illustration({ seed, className }: { seed: string; className?: string }) {
  const code = hash(seed);
  const tint = palettes[code % palettes.length] ?? palettes[0];
  const sunX = 40 + (code % 220);
  const houseX = 70 + ((code >> 5) % 130);
  const lift = (code >> 9) % 24;
  return (
    <svg viewBox="0 0 300 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true" className={className}>
      <rect width="300" height="200" fill={tint.sky} />
      <circle cx={sunX} cy={48 + lift} r="18" fill={tint.sun} />
      <path d={`M0 ${140 - lift} Q60 ${90 - lift} 130 ${128 - lift} T300 ${104 + lift} V200 H0z`} fill={tint.far} />
      <g transform={`translate(${houseX} ${108 + lift / 2})`}>
        <path d="M0 52V20L28 0l28 20v32z" fill={tint.wall} />
        <path d="M-6 23 28-3l34 26-4 5L28 6-2 28z" fill={tint.roof} />
        <path d="M22 52V34h12v18zM8 26h9v9H8zM39 26h9v9h-9z" fill={tint.near} />
      </g>
      <path d={`M0 ${158 + lift / 3} Q80 ${138 + lift / 2} 160 158 T300 ${150 - lift / 3} V200 H0z`} fill={tint.near} />
    </svg>
  );
}
