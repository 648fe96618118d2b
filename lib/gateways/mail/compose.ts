import type { OutgoingMail } from './send.ts';

/** What a mail is made of. Each block reads well in plain text too. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'sums'; rows: { label: string; value: string; strong?: boolean }[] }
  | { kind: 'address'; lines: string[] }
  | { kind: 'link'; label: string; href: string };

/** Sets a mail in plain text and HTML, signed with the publication's name. What people wrote is encoded here. */
export function compose(
  { publication, to }: { publication: string; to: string },
  subject: string,
  blocks: Block[],
): OutgoingMail {
  return {
    to,
    subject,
    text: `${blocks.map(asText).join('\n\n')}\n\n${publication}\n`,
    html: page(
      subject,
      `${blocks.map(asHtml).join('\n')}<p style="color:#666">${encode(publication)}</p>`,
    ),
  };
}

function asText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'sums':
      return block.rows.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'address':
      return block.lines.join('\n');
    case 'link':
      return `${block.label}: ${block.href}`;
  }
}

function asHtml(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p>${encode(block.text)}</p>`;
    case 'sums':
      return `<table role="presentation" style="border-collapse:collapse;width:100%">${block.rows.map(sumRow).join('')}</table>`;
    case 'address':
      return `<p>${block.lines.map(encode).join('<br>')}</p>`;
    case 'link':
      return `<p><a href="${encode(block.href)}" style="color:#8a1c1c">${encode(block.label)}</a></p>`;
  }
}

function sumRow({
  label,
  value,
  strong,
}: {
  label: string;
  value: string;
  strong?: boolean;
}): string {
  const weight = strong ? 'font-weight:bold;border-top:1px solid #999;' : '';
  const cell = `padding:4px 0;${weight}`;
  return `<tr><td style="${cell}">${encode(label)}</td><td style="${cell}text-align:right">${encode(value)}</td></tr>`;
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${encode(title)}</title></head><body style="font-family:Georgia,serif;font-size:17px;line-height:1.5;max-width:34em;margin:2em auto;padding:0 1em;color:#1a1a1a">${body}</body></html>`;
}

function encode(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
