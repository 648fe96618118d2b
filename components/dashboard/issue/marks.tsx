import { type Standing, standingNames } from '#lib/workflow/rules.ts';

const steps: Standing[] = ['draft', 'in_review', 'copy_edited', 'ready'];

/** How far a text has come: four steps to see at a glance, and the word. */
export function StandingMark({ standing, changed }: { standing: Standing; changed: boolean }) {
  const reached = steps.includes(standing) ? steps.indexOf(standing) + 1 : steps.length;
  const done = reached === steps.length;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 text-[0.85rem] whitespace-nowrap">
      <svg viewBox="0 0 34 8" className="h-2 w-8.5 shrink-0" aria-hidden="true">
        {steps.map((step, index) => (
          <rect
            key={step}
            x={index * 9 + 0.5}
            y="0.5"
            width="6.5"
            height="7"
            className={`stroke-1 ${index < reached ? (done ? 'fill-ink stroke-ink' : 'fill-accent stroke-accent') : 'fill-none stroke-muted'}`}
          />
        ))}
      </svg>
      {standingNames[standing]}
      {changed && <span className="text-muted">changed</span>}
    </span>
  );
}

const whole = new Intl.NumberFormat('en-GB');

export const wordsText = (count: number) =>
  count === 1 ? '1 word' : `${whole.format(count)} words`;

/** Words written against those set aside: a bar, and how many are left or over in words. */
export function WordBar({ written, budget }: { written: number; budget: number | null }) {
  if (budget === null) return <p className="text-[0.85rem] text-muted">{wordsText(written)}</p>;
  const over = written > budget;
  const share = Math.min(100, Math.round((written / budget) * 100));
  return (
    <div>
      <span aria-hidden="true" className="block h-1.5 w-full border border-muted">
        <span
          className={`block h-full ${over ? 'bg-accent' : 'bg-ink'}`}
          style={{ width: `${share}%` }}
        />
      </span>
      <p className={`mt-0.5 text-[0.85rem] ${over ? 'font-semibold text-accent' : 'text-muted'}`}>
        {whole.format(written)} of {whole.format(budget)},{' '}
        {over
          ? `${whole.format(written - budget)} over`
          : written === budget
            ? 'full'
            : `${whole.format(budget - written)} left`}
      </p>
    </div>
  );
}
