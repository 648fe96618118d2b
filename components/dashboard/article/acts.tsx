import { TextField } from '#components/dashboard/action-form.tsx';
import { formatMoment } from '#components/dashboard/moment-text.ts';
import type { ArticleState } from '#lib/articles/rules.ts';
import { zonedText } from '#lib/publication/rules.ts';

/** What can be done with the article besides publishing it: each button saves first. */
export function ArticleActs({
  state,
  changed,
  scheduledFor,
  mayPublish,
  timeZone,
}: {
  state: ArticleState;
  changed: boolean;
  scheduledFor: Date | null;
  mayPublish: boolean;
  timeZone: string;
}) {
  if (!mayPublish) {
    return <p className="text-muted">It is saved as you write. An editor publishes it.</p>;
  }
  if (state === 'published') {
    return (
      <div className="space-y-3">
        <p className="text-muted">
          {changed
            ? 'Readers see the text as it was published, until the changes are published too.'
            : 'Readers see what stands here.'}
        </p>
        <div className="flex flex-wrap gap-3">
          <Act intent="correct" name="Publish as a correction" />
          {changed && <Act intent="discard" name="Discard the changes" />}
          <Act intent="unpublish" name="Take off the site" />
        </div>
      </div>
    );
  }
  return (
    <div className="space-y-3">
      {scheduledFor && <p>It comes out by itself on {formatMoment(scheduledFor, timeZone)}.</p>}
      <TextField
        name="at"
        label={`At (${timeZone})`}
        type="datetime-local"
        defaultValue={scheduledFor ? zonedText(scheduledFor, timeZone) : ''}
      />
      <div className="flex flex-wrap gap-3">
        <Act intent="schedule" name="Schedule" />
        {scheduledFor && <Act intent="unschedule" name="Don’t schedule" />}
      </div>
    </div>
  );
}

function Act({ intent, name }: { intent: string; name: string }) {
  return (
    <button type="submit" name="intent" value={intent} className="button button-quiet">
      {name}
    </button>
  );
}
