/** Markup that is safe to send: only `html` makes it, and everything put into it is escaped. */
export type Html = { readonly markup: string };

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A template whose values are escaped; other `Html` and arrays of it are taken as they are, null and false as nothing. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  const markup = strings.reduce((text, part, index) => {
    return text + part + (index < values.length ? written(values[index]) : '');
  }, '');
  return { markup };
}

/** An address for `href`, or `#` for everything that isn't plain http(s). */
export function safeUrl(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '#';
}

function written(value: Part): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  if ('markup' in value) return value.markup;
  return value.map(written).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
