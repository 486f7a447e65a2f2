import { Bar, BarChart, CartesianGrid, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

export interface BarFigureProps {
  rows: { label: string; value: number }[];
  format: (value: number) => string;
  /** For the axis, where space is short. */
  formatShort: (value: number) => string;
  /** Bars that lie, for long labels. */
  lying?: boolean;
  highest?: number;
}

const HEIGHT = 260;
const ROW_HEIGHT = 44;
const LABEL_WIDTH = 130;
const LONGEST_LABEL = 28;
const tick = { fill: '#4d5d57', fontSize: 12 };

const cut = (label: string) => (label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label);
const asText = (format: (value: number) => string) => (value: unknown) => format(Number(value));

export default function BarFigure({ rows, format, formatShort, lying = false, highest }: BarFigureProps) {
  const valueAxis = { type: 'number' as const, tick, tickLine: false, axisLine: false, tickFormatter: formatShort, domain: [0, highest ?? 'auto'] as [number, number | 'auto'] };
  const labelAxis = { type: 'category' as const, dataKey: 'label', tick, tickLine: false, axisLine: { stroke: '#7d8c86' } };
  return (
    <ResponsiveContainer width="100%" height={lying ? rows.length * ROW_HEIGHT + 16 : HEIGHT}>
      <BarChart data={rows} layout={lying ? 'vertical' : 'horizontal'} margin={{ top: 16, right: lying ? 104 : 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
        {!lying && <CartesianGrid vertical={false} stroke="#d8e0db" />}
        <XAxis {...(lying ? { ...valueAxis, hide: true } : labelAxis)} />
        <YAxis {...(lying ? { ...labelAxis, width: LABEL_WIDTH, tickFormatter: cut } : { ...valueAxis, width: 72 })} />
        <Tooltip
          formatter={(value) => [format(Number(value)), '']}
          separator=""
          cursor={{ fill: '#e8efeb' }}
          contentStyle={{ borderRadius: '0.75rem', border: '1px solid #d8e0db' }}
          labelStyle={{ fontWeight: 600 }}
          itemStyle={{ color: '#14231f' }}
        />
        <Bar dataKey="value" fill="#0f6b5b" radius={lying ? [0, 6, 6, 0] : [6, 6, 0, 0]} maxBarSize={lying ? 22 : 44} isAnimationActive={false}>
          {lying && <LabelList dataKey="value" position="right" formatter={asText(format)} fill="#14231f" fontSize={13} />}
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}
