/** What is wrong with a field, beside it; the field names it by `aria-describedby`. */
export function FieldError({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <p id={id} className="mt-1 font-semibold text-accent">
      {text}
    </p>
  );
}
