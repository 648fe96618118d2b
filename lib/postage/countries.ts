import { restOfWorld } from './rules.ts';

/** ISO 3166-1 codes of the countries that Stripe takes as `shipping_address_collection.allowed_countries`. */
const codes = (
  'AC AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CD ' +
  'CF CG CH CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB GD GE GF GG ' +
  'GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IS IT JE JM JO JP KE KG KH KI KM KN KR ' +
  'KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE ' +
  'NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK ' +
  'SL SM SN SO SR SS ST SV SX SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU ' +
  'WF WS XK YE YT ZA ZM ZW'
).split(' ');

const names = new Intl.DisplayNames(['en-GB'], { type: 'region' });

/** "DE" → "Germany". */
export function countryName(code: string): string {
  return names.of(code) ?? code;
}

/** Every country that can be posted to, by name. */
export function allCountries(): { code: string; name: string }[] {
  return codes
    .map((code) => ({ code, name: countryName(code) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Whether a zone may hold it: a country, or the rest of the world. */
export function isPostable(code: string): boolean {
  return code === restOfWorld || codes.includes(code);
}

/** The countries of a zone: those it names, or for the rest of the world all that no zone names. */
export function expandZone(own: string[], named: Set<string>): { code: string; name: string }[] {
  const members = own.includes(restOfWorld)
    ? [...own.filter((code) => code !== restOfWorld), ...codes.filter((code) => !named.has(code))]
    : own;
  return members.map((code) => ({ code, name: countryName(code) }));
}
