import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Panel } from '#components/dashboard/panel.tsx';

type Person = { id: string; slug: string; name: string; city: string | null };

/** Others who may be the same person, each with the way to make one of the two. `found`: those that were searched for. */
export function MergePanel({
  into,
  doubles,
  search,
  found,
  merge,
}: {
  into: { id: string; name: string };
  doubles: Person[];
  search: string;
  found: Person[];
  merge: FormAction;
}) {
  const others = search ? found : doubles;
  return (
    <Panel title="The same person twice?">
      <p className="mb-3 max-w-2xl wrap-anywhere">
        Whoever is merged into {into.name} goes: their articles and covers are {into.name}’s from
        then on, earlier versions too, and their old address leads here. It can’t be undone.
      </p>
      <form aria-label="Look for another name" className="mb-3 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-[0_1_18rem]">
          <label htmlFor="double-q" className="block text-[0.85rem] text-muted">
            Another name holds
          </label>
          <input id="double-q" name="q" type="search" defaultValue={search} className="field" />
        </div>
        <button type="submit" className="button button-quiet">
          Look
        </button>
      </form>
      {/* One form for all of them, so that its answer outlives the row of who went. */}
      <ActionForm action={merge} label="Merge">
        <input type="hidden" name="intoId" value={into.id} />
        {others.length === 0 && (
          <p className="text-muted">
            {search ? 'Nobody else is called so.' : 'Nobody has a name like this.'}
          </p>
        )}
        <ul>
          {others.map(({ id, slug, name, city }) => (
            <li key={id} className="border-b border-rule py-2">
              <details>
                <summary className="min-h-6 cursor-pointer wrap-anywhere">
                  <span className="font-semibold">{name}</span>{' '}
                  <span className="text-muted">
                    {city && `${city} · `}/contributors/{slug}
                  </span>
                </summary>
                <div className="mt-2 flex flex-wrap items-center gap-3">
                  <button type="submit" name="fromId" value={id} className="button wrap-anywhere">
                    Merge {name} into {into.name}
                  </button>
                  <a href={`/dashboard/contributors/${id}`} className="link wrap-anywhere">
                    Look at {name}
                  </a>
                </div>
              </details>
            </li>
          ))}
        </ul>
      </ActionForm>
    </Panel>
  );
}
