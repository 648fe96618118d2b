import { compose } from '#lib/gateways/mail/compose.ts';
import type { OutgoingMail } from '#lib/gateways/mail/send.ts';
import { formatMoney } from '#lib/money.ts';
import type { OrderDetail } from './queries.ts';
import { lineName } from './rules.ts';

/** What the mails of an order are made from. `siteUrl` is without a slash at its end. */
export type MailContext = { publication: string; siteUrl: string; order: OrderDetail; to: string };

/** The receipt: what was bought, what was paid, where it goes, and the way to read it now. */
export function receiptMail(context: MailContext): OutgoingMail {
  const { order, publication } = context;
  const address = order.postalAddress;
  return compose(context, `Your order ${order.number} from ${publication}`, [
    {
      kind: 'text',
      text: `Thank you for your order. This is the receipt for order ${order.number}.`,
    },
    { kind: 'sums', rows: sums(order) },
    ...(address
      ? [
          { kind: 'text' as const, text: 'We post it to:' },
          { kind: 'address' as const, lines: addressLines(address) },
        ]
      : []),
    {
      kind: 'text',
      text: 'You can read the issue online now. Sign in with this e-mail address, and you find it in your library:',
    },
    { kind: 'link', label: 'Read it now', href: readAddress(context) },
  ]);
}

/** Money is on its way back. `amount` in minor units. */
export function refundMail(context: MailContext, amount: number): OutgoingMail {
  const { order, publication } = context;
  const money = formatMoney({ amount, currency: order.currency });
  const whole = order.total !== null && order.refunded >= order.total;
  return compose(context, `A refund for your order ${order.number} from ${publication}`, [
    {
      kind: 'text',
      text: `We have given back ${money} of your order ${order.number}. It goes to the card or account you paid with; your bank may take some days to show it.`,
    },
    {
      kind: 'sums',
      rows: [...sums(order), { label: 'Given back so far', value: price(order, order.refunded) }],
    },
    {
      kind: 'text',
      text: whole
        ? 'With this, the order is given back in full, and the issue has left your library.'
        : 'The issue stays in your library.',
    },
  ]);
}

/** A payment that settles later did not. */
export function paymentFailedMail(context: MailContext): OutgoingMail {
  const { order, publication, siteUrl } = context;
  const [line] = order.lines;
  return compose(context, `Your payment for order ${order.number} failed (${publication})`, [
    {
      kind: 'text',
      text: `Your bank did not carry out the payment for order ${order.number}. Nothing was charged, and the order is closed.`,
    },
    ...(line
      ? [
          {
            kind: 'text' as const,
            text: 'If you still want the issue, you can buy it again, with another way to pay if you like:',
          },
          {
            kind: 'link' as const,
            label: 'Try again',
            href: `${siteUrl}/issues/${line.issueSlug}/buy?edition=${line.edition}`,
          },
        ]
      : []),
  ]);
}

/** Signing in proves the address, which is what makes the order the reader's own. */
function readAddress({ siteUrl, to }: MailContext): string {
  return `${siteUrl}/sign-in?${new URLSearchParams({ email: to, next: '/account/library' })}`;
}

function sums(order: OrderDetail) {
  const net = order.subtotal - order.discount + order.postage;
  const taxLabel = order.total === net ? 'Tax, included' : 'Tax';
  const optional = (label: string, amount: number, sign = 1) =>
    amount === 0 ? [] : [{ label, value: price(order, sign * amount) }];
  return [
    ...order.lines.map((line) => ({
      label: line.quantity > 1 ? `${line.quantity} × ${lineName(line)}` : lineName(line),
      value: price(order, line.quantity * line.unitAmount),
    })),
    ...optional('Discount', order.discount, -1),
    ...optional('Postage', order.postage),
    ...optional(taxLabel, order.tax),
    { label: 'Total', value: price(order, order.total ?? 0), strong: true },
  ];
}

function price({ currency }: OrderDetail, amount: number): string {
  return formatMoney({ amount, currency });
}

function addressLines(address: NonNullable<OrderDetail['postalAddress']>): string[] {
  const { name, line1, line2, postcode, city, region, country } = address;
  return [name, line1, line2, `${postcode} ${city}`.trim(), region, country].filter(Boolean);
}
