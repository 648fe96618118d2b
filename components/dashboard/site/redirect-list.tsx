import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Moment } from '#components/dashboard/moment.tsx';

type Row = { from: string; target: string; automatic: boolean; by: string | null; createdAt: Date };

/** Where readers of old addresses are sent. One form, so that its answer outlives the row that went. */
export function RedirectList({ redirects, remove }: { redirects: Row[]; remove: FormAction }) {
  return (
    <ActionForm action={remove} label="Redirects">
      {redirects.length === 0 && <p className="text-muted">No redirect fits.</p>}
      <ul>
        {redirects.map(({ from, target, automatic, by, createdAt }) => (
          <li
            key={from}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-rule py-2"
          >
            <div className="min-w-0 flex-[1_1_18rem]">
              <p className="wrap-anywhere">
                <a href={from} className="link font-semibold">
                  {from}
                </a>{' '}
                <span aria-hidden="true">→</span>
                <span className="sr-only">leads to</span> {target}
              </p>
              <p className="text-[0.9rem] wrap-anywhere text-muted">
                {automatic ? 'By itself, when the address changed' : (by ?? 'By somebody')} ·{' '}
                <Moment date={createdAt} day />
              </p>
            </div>
            <button type="submit" name="from" value={from} className="button button-quiet">
              Remove<span className="sr-only"> {from}</span>
            </button>
          </li>
        ))}
      </ul>
    </ActionForm>
  );
}
