/** Chooses one row of a list for what is done to many. It lies above the row's link. */
export function BulkBox({ id, name }: { id: string; name: string }) {
  return (
    <label className="absolute top-2 left-0 z-10 flex size-8 cursor-pointer items-center justify-center">
      <input
        type="checkbox"
        name="id"
        value={id}
        aria-label={`Choose “${name}”`}
        className="size-4.5 accent-(--accent)"
      />
    </label>
  );
}
