import { createHash } from 'node:crypto';
import { type Html, html } from './html.ts';

/** The page around everything hosted, with the banner that never goes away. */
export function page(status: number, title: string, content: Html): Response {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<header class="banner"><p><strong>Stand-in, not Stripe:</strong> no real money moves</p></header>
<main>${content}</main>
</body>
</html>
`;
  return new Response(document.markup, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}

const style = `
:root{color-scheme:light dark;--ink:#1c1d22;--soft:#565a66;--line:#c9ccd6;--edge:#7a7f8e;--paper:#fff;--wash:#f4f5f8;
--strong:#3b3fb5;--on-strong:#fff;--bad:#a8121f;--bad-wash:#fdf0f0;--banner:#ffdf6b;--on-banner:#2b2200}
@media (prefers-color-scheme:dark){:root{--ink:#eceef4;--soft:#aeb3c2;--line:#3b3f4d;--edge:#8d93a5;--paper:#17181d;
--wash:#20222a;--strong:#a9b0ff;--on-strong:#14152b;--bad:#ff9c9c;--bad-wash:#3a1b1e;--banner:#5a4700;--on-banner:#fff3c4}}
*{box-sizing:border-box}html{scroll-padding-top:4rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
.banner{position:sticky;top:0;z-index:1;background:var(--banner);color:var(--on-banner);text-align:center;font-size:.9rem}
.banner p{margin:0;padding:.6rem 1rem}
main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 1.5rem}
h2,legend{font-size:1.05rem;font-weight:650;margin:0 0 .75rem;padding:0}
a{color:var(--strong)}
.columns{display:grid;gap:2rem 3rem;grid-template-columns:minmax(0,1fr)}
@media (min-width:52rem){.columns{grid-template:"order buyer" auto "tests buyer" 1fr "end end" auto/minmax(0,5fr) minmax(0,6fr)}
.summary{grid-area:order}.buyer{grid-area:buyer}.tests{grid-area:tests}.end{grid-area:end}}
.back{margin:0 0 .75rem}.end{margin:0;border-top:1px solid var(--line);padding-top:1.25rem}
.payment:has([value=card]:checked) .account,.payment:has([value=sepa_debit]:checked) .card{display:none}
.payment .choice+.card,.payment .choice+.account{margin-top:1rem}
.tests caption{text-align:left;font-weight:550;padding:.5rem 0 .25rem}
.tests table{margin-bottom:.75rem}.tests tr>*{border-top:1px solid var(--line);vertical-align:middle}
.tests button{min-height:2.25rem;padding:.25rem .9rem}
code{font:1em ui-monospace,monospace}
.summary{background:var(--wash);border-radius:.75rem;padding:1.25rem;margin:0 0 1.5rem;align-self:start}
table{width:100%;border-collapse:collapse}
td,th{padding:.45rem 0;text-align:left;font-weight:400;vertical-align:top}
td:last-child{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
tfoot th,tfoot td{color:var(--soft)}
tfoot tr:first-child>*{border-top:1px solid var(--line)}
tfoot .total>*{border-top:1px solid var(--line);color:var(--ink);font-weight:700;font-size:1.15rem}
small,.hint{color:var(--soft);font-size:.875rem}.hint{margin:0 0 .9rem}
fieldset{border:0;margin:0 0 1.75rem;padding:0;min-width:0}
.field{margin:0 0 1rem}
label{display:block;font-weight:550;margin:0 0 .25rem}
input:not([type=radio]),select{width:100%;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);
border-radius:.4rem;padding:.55rem .65rem;min-height:2.75rem}
input.number{width:5.5rem}
input[readonly]{background:var(--wash);color:var(--soft)}
[aria-invalid=true]{border:2px solid var(--bad)!important}
.error{color:var(--bad);margin:.25rem 0 0;font-size:.925rem}
.alert{background:var(--bad-wash);border-left:4px solid var(--bad);padding:.75rem 1rem;margin:0 0 1.5rem;border-radius:.25rem}
.alert p{margin:0}.alert ul{margin:.5rem 0 0;padding-left:1.2rem}.alert a{color:var(--bad)}
.pair{display:grid;gap:0 1rem;grid-template-columns:1fr 2fr}.pair.even{grid-template-columns:1fr 1fr}
.row{display:flex;gap:.5rem;align-items:end}.row>.grow{flex:1;min-width:0}
.summary>.row{margin-top:1.25rem}th .row{margin-top:.35rem}th label{font-size:.925rem}
.choice{display:flex;gap:.6rem;align-items:center;border:1px solid var(--edge);border-radius:.4rem;padding:.6rem .75rem;
margin:0 0 .5rem;font-weight:400}
.choice span+span{margin-left:auto;white-space:nowrap}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1rem;border-radius:.4rem;border:1px solid var(--edge);
background:var(--paper);color:var(--ink);cursor:pointer}
button.pay,button.main{background:var(--strong);border-color:var(--strong);color:var(--on-strong)}
button.pay{display:block;width:100%;font-size:1.1rem}
.endings{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:center}main>p+h2,main>section+h2,form+h2{margin-top:2rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
main{overflow-wrap:anywhere}button{white-space:nowrap}
td:last-child{padding-left:1rem}
:focus-visible{outline:3px solid var(--strong);outline-offset:2px}
`;

const hash = createHash('sha256').update(style).digest('base64');
/** No `form-action`: a form's answer redirects to the shop, and browsers hold that rule against redirects too. */
const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors 'none'`;
