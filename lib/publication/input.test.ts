import { afterEach, describe, expect, it, vi } from 'vitest';
import { publicationInput } from './input.ts';

describe('the settings form', () => {
  const sent = {
    name: 'The Quarterly',
    tagline: '',
    description: '',
    email: 'post@example.org',
    postalAddress: '',
    currency: 'EUR',
    socialLinks: [],
    bannerText: '',
    bannerHref: '',
    bannerFrom: '',
    bannerUntil: '',
  };
  const faults = (parts: Record<string, unknown>) => {
    const parsed = publicationInput.safeParse({ ...sent, ...parts });
    return [...new Set(parsed.error?.issues.map(({ path }) => path[0]))];
  };

  afterEach(() => vi.unstubAllEnvs());

  it('takes times without a zone as UTC, wherever the server stands', () => {
    vi.stubEnv('TZ', 'America/New_York');
    const banner = {
      bannerText: 'Open day',
      bannerFrom: '2031-03-02T10:00',
      bannerUntil: '2031-03-09T12:00:00+02:00',
    };
    expect(publicationInput.parse({ ...sent, ...banner })).toMatchObject({
      bannerFrom: new Date('2031-03-02T10:00:00Z'),
      bannerUntil: new Date('2031-03-09T10:00:00Z'),
    });
  });

  it('refuses an announcement without days, or that ends before it begins', () => {
    const text = { bannerText: 'Open day' };
    expect(faults(text)).toEqual(['bannerFrom', 'bannerUntil']);
    const days = { bannerFrom: '2031-03-09T10:00', bannerUntil: '2031-03-09T10:00' };
    expect(faults({ ...text, ...days })).toEqual(['bannerUntil']);
    expect(faults(days)).toEqual([]);
  });

  it('refuses links that are not http, and announcements that lead elsewhere in disguise', () => {
    for (const url of ['javascript:alert(1)', 'ftp://a.example', '//a.example', 'a.example']) {
      expect(faults({ socialLinks: [{ label: 'x', url }] })).toEqual(['socialLinks']);
    }
    for (const bannerHref of [
      'javascript:alert(1)',
      '//a.example',
      '/\\a.example',
      '/\t/a.example',
      'https:a.example',
      'a.example',
      'https://',
    ]) {
      expect([bannerHref, faults({ bannerHref })]).toEqual([bannerHref, ['bannerHref']]);
    }
    for (const bannerHref of [
      '/subscribe?from=banner',
      'https://a.example/b',
      'http://a.example',
    ]) {
      expect([bannerHref, faults({ bannerHref })]).toEqual([bannerHref, []]);
    }
  });

  it('names each field that is wrong', () => {
    const wrong = { name: ' ', email: 'ann', currency: 'XXX', tagline: 'x'.repeat(201) };
    expect(faults(wrong).sort()).toEqual(['currency', 'email', 'name', 'tagline']);
  });
});
