import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { State } from '#components/dashboard/heading.tsx';
import { Moment } from '#components/dashboard/moment.tsx';

type Alert = {
  id: string;
  level: 'notice' | 'warning' | 'urgent';
  message: string;
  createdAt: Date;
  orderId: string | null;
};

/** What is open, each with a button that takes it off the list. One form, so that its answer outlives the row. */
export function AlertList({
  alerts,
  resolve,
  linked = true,
}: {
  alerts: Alert[];
  /** `null` for who may only read. */
  resolve: FormAction | null;
  linked?: boolean;
}) {
  const list = (
    <ul>
      {alerts.map((alert) => (
        <li
          key={alert.id}
          className="flex flex-wrap items-start justify-between gap-3 border-b border-rule py-3"
        >
          <div className="min-w-0 flex-[1_1_18rem]">
            <p className="wrap-anywhere">{alert.message}</p>
            <p className="mt-1 flex flex-wrap items-baseline gap-x-3 text-[0.85rem] text-muted">
              <State strong={alert.level === 'urgent'}>{alert.level}</State>
              <Moment date={alert.createdAt} />
              {linked && alert.orderId && (
                <a href={`/dashboard/orders/${alert.orderId}`} className="link">
                  The order
                </a>
              )}
            </p>
          </div>
          {resolve && (
            <button type="submit" name="id" value={alert.id} className="button button-quiet">
              Resolve<span className="sr-only"> {alert.message}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
  const none = alerts.length === 0 && <p className="text-muted">Nothing is open.</p>;
  if (!resolve) return none || list;
  return (
    <ActionForm action={resolve} label="Alerts">
      {none}
      {list}
    </ActionForm>
  );
}
