type Quotes = { '"': [string, string]; "'": [string, string] };

const narrow = '\u202f';

/** As the CLDR has them (cldr.unicode.org, “delimiters”); French with its thin space. */
const quotes: Record<string, Quotes> = {
  en: { '"': ['“', '”'], "'": ['‘', '’'] },
  de: { '"': ['„', '“'], "'": ['‚', '‘'] },
  fr: { '"': [`«${narrow}`, `${narrow}»`], "'": ['‘', '’'] },
  it: { '"': ['«', '»'], "'": ['‘', '’'] },
  es: { '"': ['«', '»'], "'": ['‘', '’'] },
  pt: { '"': ['“', '”'], "'": ['‘', '’'] },
  nl: { '"': ['“', '”'], "'": ['‘', '’'] },
  pl: { '"': ['„', '”'], "'": ['‚', '’'] },
  cs: { '"': ['„', '“'], "'": ['‚', '‘'] },
  da: { '"': ['“', '”'], "'": ['‘', '’'] },
  nb: { '"': ['«', '»'], "'": ['‘', '’'] },
  sv: { '"': ['”', '”'], "'": ['’', '’'] },
  fi: { '"': ['”', '”'], "'": ['’', '’'] },
};

/**
 * The quotation mark or apostrophe that a straight one means after `before` (a character, or nothing at the start of a
 * block); `null` in a language whose marks we don't know.
 */
export function quotesOf(language: string, straight: '"' | "'", before: string): string | null {
  const known = quotes[language.toLowerCase().split('-')[0] ?? ''];
  if (!known) return null;
  const [open, close] = known[straight];
  if (/^$|[\s([{–—“„«‚‘/]/u.test(before)) return open;
  return straight === "'" && /\p{L}/u.test(before) ? '’' : close;
}
