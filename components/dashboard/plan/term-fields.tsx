import type { ReactNode } from 'react';
import { Choice, FieldMessage, TextField } from '#components/dashboard/action-form.tsx';
import { longestTrial, mostIssues, type PlanTerms } from '#lib/plans/rules.ts';

/** What a plan brings, for how long, and how it ends. What means nothing for a number of issues is hidden with it. */
export function PlanTermFields({ terms }: { terms: PlanTerms | null }) {
  const term = terms?.term ?? { kind: 'time' as const, interval: 'year' as const };
  return (
    <section aria-labelledby="plan-terms" className="group/terms mt-8">
      <h3 id="plan-terms" className="text-lg font-semibold">
        Terms
      </h3>
      <Radios
        name="editions"
        legend="What is sent"
        chosen={editionsOf(terms)}
        options={[
          ['both', 'Print and digital'],
          ['print', 'Print'],
          ['digital', 'Digital'],
        ]}
      >
        <label className="mt-1 flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            name="archive"
            value="yes"
            defaultChecked={terms?.includesArchive ?? false}
          />
          Opens the whole archive, as long as it runs
        </label>
      </Radios>
      <Radios
        name="term"
        legend="How long it lasts"
        chosen={term.kind === 'time' ? term.interval : 'issues'}
        options={[
          ['year', 'A year'],
          ['month', 'A month'],
          ['issues', 'A number of issues'],
        ]}
      >
        <div className="mt-1 hidden group-has-[[value=issues]:checked]/terms:block">
          <TextField
            name="issueCount"
            label="Issues"
            type="number"
            hint={`From 1 to ${mostIssues}. It ends by itself with the last of them, and is renewed by a letter.`}
            defaultValue={term.kind === 'issues' ? term.count : 4}
            className="max-w-2xl"
          />
        </div>
      </Radios>
      <div className="group-has-[[value=issues]:checked]/terms:hidden">
        <Radios
          name="ending"
          legend="How it ends"
          chosen={(terms?.renews ?? true) ? 'renews' : 'ends'}
          options={[
            ['renews', 'Renews until it is cancelled'],
            ['ends', 'Ends by itself after one term'],
          ]}
        />
        <div className="mt-4 grid gap-4 sm:grid-cols-2">
          <TextField
            name="trialDays"
            label="Free days at the beginning"
            type="number"
            hint={`From 0 to ${longestTrial}.`}
            defaultValue={terms?.trialDays ?? 0}
          />
          <Choice
            name="trialCard"
            label="Card for the time after"
            hint="Asked for later, more begin and fewer stay."
            defaultValue={(terms?.trialNeedsCard ?? true) ? 'before' : 'after'}
            options={[
              { value: 'before', label: 'Asked for before the free days' },
              { value: 'after', label: 'Asked for when they end' },
            ]}
          />
        </div>
      </div>
    </section>
  );
}

function Radios({
  name,
  legend,
  chosen,
  options,
  children,
}: {
  name: string;
  legend: string;
  chosen: string;
  options: [value: string, label: string][];
  children?: ReactNode;
}) {
  return (
    <fieldset className="mt-4">
      <legend className="text-[0.9rem] font-semibold">{legend}</legend>
      <div className="mt-1 flex flex-wrap gap-x-6">
        {options.map(([value, label]) => (
          <label key={value} className="flex min-h-8 items-center gap-2">
            <input type="radio" name={name} value={value} defaultChecked={value === chosen} />
            {label}
          </label>
        ))}
      </div>
      {children}
      <FieldMessage name={name} />
    </fieldset>
  );
}

function editionsOf(terms: PlanTerms | null): string {
  if (!terms || (terms.includesPrint && terms.includesDigital)) return 'both';
  return terms.includesPrint ? 'print' : 'digital';
}
