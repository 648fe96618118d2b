import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Moment } from './moment.tsx';
import { OfficeZone } from './zone.tsx';

test('a time is told as the magazine’s clocks show it, and says which they are', () => {
  const late = new Date('2031-06-30T22:30:00Z');
  const shown = (zone: string, day = false) =>
    renderToStaticMarkup(
      <OfficeZone zone={zone}>
        <Moment date={late} day={day} />
      </OfficeZone>,
    );
  expect(shown('Europe/Berlin')).toMatch(/datetime="2031-06-30T22:30:00.000Z"/i);
  expect(shown('Europe/Berlin')).toMatch(/>1 Jul 2031,? (at )?00:30 (CEST|GMT\+2)</);
  expect(shown('UTC')).toMatch(/>30 Jun 2031,? (at )?22:30 UTC</);
  expect(shown('Europe/Berlin', true)).toContain('>1 July 2031<');
});
