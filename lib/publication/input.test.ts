import { afterEach, describe, expect, it, vi } from 'vitest';
import { sectionInput } from '#lib/sections/input.ts';
import { announcementInput, menusInput, settingsInput } from './input.ts';
import { footerMenuOf, mainMenuOf } from './rules.ts';

describe('the settings form', () => {
  const settings = {
    name: 'The Quarterly',
    tagline: '',
    description: '',
    language: 'en',
    email: 'post@example.org',
    postalAddress: '',
    currency: 'EUR',
    timeZone: 'UTC',
    issuesPerYear: '4',
    logoId: '',
    accentLight: '',
    accentDark: '',
  };
  const menus = { mainMenu: null, footerMenu: null, socialLinks: [] };
  const sent = {
    bannerText: '',
    bannerHref: '',
    bannerFrom: '',
    bannerUntil: '',
  };
  const faults = (parts: Record<string, unknown>) => {
    const parsed = [
      announcementInput.safeParse({ ...sent, ...parts }),
      settingsInput.safeParse({ ...settings, ...parts }),
      menusInput.safeParse({ ...menus, ...parts }),
    ];
    const issues = parsed.flatMap(({ error }) => error?.issues ?? []);
    return [...new Set(issues.map(({ path }) => path[0]))];
  };

  afterEach(() => vi.unstubAllEnvs());

  it('takes times without a zone as UTC, wherever the server stands', () => {
    vi.stubEnv('TZ', 'America/New_York');
    const banner = {
      bannerText: 'Open day',
      bannerFrom: '2031-03-02T10:00',
      bannerUntil: '2031-03-09T12:00:00+02:00',
    };
    expect(announcementInput.parse({ ...sent, ...banner })).toMatchObject({
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

  it('refuses a language or a time zone that there is not', () => {
    expect(faults({ language: 'Klingon!', timeZone: 'Mars/Base' }).sort()).toEqual([
      'language',
      'timeZone',
    ]);
    expect(settingsInput.parse({ ...settings, language: 'PT-br' })).toMatchObject({
      language: 'pt-BR',
    });
  });

  it('refuses a colour that is none, and one whose words could not be read on its paper', () => {
    for (const accentLight of ['red', '#fff', '#ffffff', '#f0917a', '#777777;}']) {
      expect([accentLight, faults({ accentLight })]).toEqual([accentLight, ['accentLight']]);
    }
    expect(faults({ accentDark: '#1f4f8f' })).toEqual(['accentDark']);
    expect(faults({ accentLight: ' #1F4F8F ', accentDark: '#9cc3ff' })).toEqual([]);
  });

  it('refuses menus that are too long, have no names or lead out in disguise', () => {
    const menu = (href: string, label = 'A') => faults({ mainMenu: [{ label, href }] });
    for (const href of [
      'javascript:alert(1)',
      '//a.example',
      '/\\a.example',
      'http://a.example',
      '',
    ]) {
      expect([href, menu(href)]).toEqual([href, ['mainMenu']]);
    }
    expect(menu('/issues', ' ')).toEqual(['mainMenu']);
    expect(menu('https://a.example/b')).toEqual([]);
    const many = Array.from({ length: 13 }, () => ({ label: 'A', href: '/' }));
    expect(faults({ footerMenu: many })).toEqual(['footerMenu']);
  });

  it('takes a menu of the site’s own lines, however long the names of its sections are', () => {
    const longest = { name: 'x'.repeat(60), slug: '', description: '' };
    const { name, slug } = sectionInput.parse(longest);
    const sections = [{ name, slug }];
    expect(faults({ mainMenu: mainMenuOf(sections), footerMenu: footerMenuOf(sections) })).toEqual(
      [],
    );
    expect(sectionInput.safeParse({ ...longest, name: 'x'.repeat(61) }).success).toBe(false);
    expect(faults({ mainMenu: [{ label: 'x'.repeat(61), href: '/' }] })).toEqual(['mainMenu']);
  });
});
