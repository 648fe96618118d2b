const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const noCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** Codes with their English names, sorted by name; of all countries where none are given. */
export function countryChoices(codes: readonly string[] | null): { code: string; name: string }[] {
  return (codes ?? allCodes())
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function allCodes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  return pairs.filter((code) => !noCountries.has(code) && names.of(code) !== undefined);
}
