/** A button of a row: `intent` says what it does and to what; `about` tells it apart for who can't see the row. */
export function Press({
  intent,
  name,
  about,
  disabled = false,
}: {
  intent: string;
  name: string;
  about: string;
  disabled?: boolean;
}) {
  return (
    <button
      type="submit"
      name="intent"
      value={intent}
      disabled={disabled}
      className="button button-quiet disabled:opacity-50"
    >
      {name}
      <span className="sr-only"> {about}</span>
    </button>
  );
}
