'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

/** One bar: `label` stands under it, `name` and `text` are what is told when it is pointed at. */
export type PlotBar = { label: string; name: string; value: number; text: string };

/** Bars for who can see them; who can't has the table that stands beside. Nothing moves, in no browser. */
export function PlotBars({ bars, decimals }: { bars: PlotBar[]; decimals: boolean }) {
  return (
    <div aria-hidden className="h-40 text-[0.75rem]">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={bars}
          margin={{ top: 8, right: 18, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--rule)" />
          <XAxis
            dataKey="label"
            tickLine={false}
            axisLine={{ stroke: 'var(--muted)' }}
            tick={{ fill: 'var(--muted)' }}
            minTickGap={24}
            interval="preserveStartEnd"
          />
          <YAxis
            width={44}
            tickCount={4}
            allowDecimals={decimals}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--muted)' }}
            tickFormatter={shortly}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--rule)', fillOpacity: 0.5 }}
            content={({ payload }) => <Told bar={payload?.[0]?.payload as PlotBar | undefined} />}
          />
          <Bar dataKey="value" fill="var(--accent)" isAnimationActive={false} maxBarSize={36} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function Told({ bar }: { bar: PlotBar | undefined }) {
  if (!bar) return null;
  return (
    <p className="border border-ink bg-paper px-2 py-1 text-[0.85rem] text-ink">
      {bar.name}
      <span className="block font-semibold">{bar.text}</span>
    </p>
  );
}

/** 12000 → "12K": as much as fits beside the axis. */
function shortly(value: number): string {
  return new Intl.NumberFormat('en-GB', { notation: 'compact' }).format(value);
}
