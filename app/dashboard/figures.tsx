import { Suspense } from 'react';
import { Panel } from '#components/dashboard/panel.tsx';
import { Plot } from '#components/dashboard/today/plot.tsx';
import { PlotSpan } from '#components/dashboard/today/plot-span.tsx';
import { PlotTop } from '#components/dashboard/today/plot-top.tsx';
import { type Currency, formatMoney } from '#lib/money.ts';
import { salesBySteps } from '#lib/orders/sales.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { readsBySteps, topArticles, topIssues } from '#lib/reads/queries.ts';
import { type Span, spanNames, spans } from '#lib/span.ts';
import { subscriptionsBySteps } from '#lib/subscriptions/queries.ts';
import { may, type Person } from '#lib/users/rules.ts';

const topLength = 6;

/** What was read and sold, step by step: to each role what it may see. Today's work doesn't wait for it. */
export function Figures({ actor, span }: { actor: Person; span: Span }) {
  const choice = (
    <PlotSpan current={span} spans={spans.map((value) => ({ value, name: spanNames[value] }))} />
  );
  return (
    <div id="figures">
      <Panel title={`The last ${spanNames[span]}`} aside={choice}>
        <Suspense fallback={<p className="min-h-96 text-muted">Adding up…</p>}>
          <Plots actor={actor} span={span} />
        </Suspense>
      </Panel>
    </div>
  );
}

async function Plots({ actor, span }: { actor: Person; span: Span }) {
  const zone = await findTimeZone();
  return (
    <>
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <Reads actor={actor} span={span} />
        <TopReads actor={actor} span={span} />
        {may(actor, 'orders.read') && <Sales actor={actor} span={span} />}
        {may(actor, 'orders.read') && <Subscriptions actor={actor} span={span} />}
      </div>
      <p className="mt-4 text-[0.85rem] text-muted">
        Days, weeks and months by the magazine’s clock ({zone.replaceAll('_', ' ')}). Reads are
        counted here, without cookies; robots and the office itself are left out.
      </p>
    </>
  );
}

async function Reads({ actor, span }: { actor: Person; span: Span }) {
  const steps = await readsBySteps(actor, span);
  const sum = steps.reduce((all, { reads }) => all + reads, 0);
  const own = !may(actor, 'articles.edit-any');
  return (
    <Plot
      name={own ? 'Reads of my articles' : 'Reads'}
      sum={count(sum)}
      note={own ? 'of what I began' : 'of articles and issues'}
      bars={steps.map(({ day, reads }) => ({
        ...labels(day, span),
        value: reads,
        text: plural(reads, 'read'),
      }))}
      columns={[stepNames[span], 'Reads']}
      rows={steps.map(({ day, reads }) => [labels(day, span).cell, count(reads)])}
    />
  );
}

async function TopReads({ actor, span }: { actor: Person; span: Span }) {
  const [articles, issues] = await Promise.all([
    topArticles(actor, span, { limit: topLength }),
    topIssues(actor, span, { limit: 1 }),
  ]);
  const rows = (found: typeof articles, path: string) =>
    found.map(({ id, title, reads }) => ({
      href: `/dashboard/${path}/${id}`,
      title: path === 'issues' ? `The page of the issue “${title}”` : title,
      text: plural(reads, 'read'),
    }));
  return (
    <PlotTop
      name="Read most"
      rows={[...rows(articles, 'articles'), ...rows(issues, 'issues')]}
      none="Nothing was read in this time."
    />
  );
}

async function Sales({ actor, span }: { actor: Person; span: Span }) {
  const sold = await salesBySteps(actor, span);
  if (sold.length === 0) {
    return (
      <div>
        <h3 className="font-semibold">Orders</h3>
        <p className="text-muted">Nothing was sold in this time.</p>
      </div>
    );
  }
  return sold.flatMap(({ currency, steps }) => [
    <Orders key={`orders ${currency}`} currency={currency} steps={steps} span={span} />,
    <Money key={`money ${currency}`} currency={currency} steps={steps} span={span} />,
  ]);
}

type Sold = {
  currency: Currency;
  steps: Awaited<ReturnType<typeof salesBySteps>>[number]['steps'];
  span: Span;
};

function Orders({ currency, steps, span }: Sold) {
  return (
    <Plot
      name={`Orders in ${currency}`}
      sum={count(steps.reduce((all, { orders }) => all + orders, 0))}
      note="paid"
      bars={steps.map(({ day, orders }) => ({
        ...labels(day, span),
        value: orders,
        text: plural(orders, 'order'),
      }))}
      columns={[stepNames[span], 'Orders']}
      rows={steps.map(({ day, orders }) => [labels(day, span).cell, count(orders)])}
    />
  );
}

function Money({ currency, steps, span }: Sold) {
  const money = (amount: number) => formatMoney({ amount, currency });
  const refunded = steps.reduce((all, step) => all + step.refunded, 0);
  return (
    <Plot
      name={`Sales in ${currency}`}
      sum={money(steps.reduce((all, { total }) => all + total, 0))}
      note={refunded > 0 ? `charged, ${money(refunded)} of it given back` : 'charged'}
      decimals
      bars={steps.map(({ day, total }) => ({
        ...labels(day, span),
        value: total / 100,
        text: money(total),
      }))}
      columns={[stepNames[span], 'Charged', 'Given back']}
      rows={steps.map(({ day, total, refunded: back }) => [
        labels(day, span).cell,
        money(total),
        money(back),
      ])}
    />
  );
}

async function Subscriptions({ actor, span }: { actor: Person; span: Span }) {
  const steps = await subscriptionsBySteps(actor, span);
  if (!steps) {
    return (
      <div>
        <h3 className="font-semibold">Subscriptions</h3>
        <p className="text-muted">There has been no subscription yet.</p>
      </div>
    );
  }
  const sum = (of: 'begun' | 'ended') => steps.reduce((all, step) => all + step[of], 0);
  return (
    <Plot
      name="Subscriptions"
      sum={count(steps.at(-1)?.running ?? 0)}
      note={`running now; ${sum('begun')} begun and ${sum('ended')} ended in this time`}
      bars={steps.map(({ day, running }) => ({
        ...labels(day, span),
        value: running,
        text: `${count(running)} running`,
      }))}
      columns={[stepNames[span], 'Running', 'Begun', 'Ended']}
      rows={steps.map(({ day, running, begun, ended }) => [
        labels(day, span).cell,
        ...[running, begun, ended].map(count),
      ])}
    />
  );
}

const stepNames: Record<Span, string> = { days: 'Day', weeks: 'Week from', months: 'Month' };

const dates = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });

const formats = {
  shortMonth: dates({ month: 'short' }),
  month: dates({ month: 'long', year: 'numeric' }),
  shortDay: dates({ day: 'numeric', month: 'short' }),
  shortDate: dates({ day: 'numeric', month: 'short', year: 'numeric' }),
  day: dates({ day: 'numeric', month: 'long', year: 'numeric' }),
  count: new Intl.NumberFormat('en-GB'),
};

/** A step's name under its bar, in full, and under the table's heading for steps. */
function labels(day: string, span: Span): { label: string; name: string; cell: string } {
  const date = new Date(`${day}T00:00:00Z`);
  if (span === 'months') {
    const name = formats.month.format(date);
    return { label: formats.shortMonth.format(date), name, cell: name };
  }
  const name = formats.day.format(date);
  return {
    label: formats.shortDay.format(date),
    name: span === 'weeks' ? `Week from ${name}` : name,
    cell: formats.shortDate.format(date),
  };
}

function count(value: number): string {
  return formats.count.format(value);
}

function plural(value: number, name: string): string {
  return `${count(value)} ${name}${value === 1 ? '' : 's'}`;
}
