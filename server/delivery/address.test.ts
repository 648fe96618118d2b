import { describe, expect, test } from 'vitest';
import { networkAddress } from './address.ts';

const proxy = '10.0.0.7';

describe('who asks', () => {
  test('without proxies of our own is the socket, whatever X-Forwarded-For says', () => {
    expect(networkAddress('192.0.2.1', '203.0.113.9', 0)).toBe('192.0.2.1');
    expect(networkAddress('192.0.2.1', ['203.0.113.9', '203.0.113.8'], 0)).toBe('192.0.2.1');
    expect(networkAddress('192.0.2.1', undefined, 0)).toBe('192.0.2.1');
  });

  test('behind n proxies is the n-th entry from the right', () => {
    const list = '203.0.113.1, 203.0.113.2, 203.0.113.3';
    expect(networkAddress(proxy, list, 1)).toBe('203.0.113.3');
    expect(networkAddress(proxy, list, 2)).toBe('203.0.113.2');
    expect(networkAddress(proxy, list, 3)).toBe('203.0.113.1');
  });

  test('does not change with what a stranger writes to the left of it', () => {
    const forgeries = [
      '',
      '198.51.100.1, ',
      '198.51.100.1,198.51.100.2 , ',
      ',,, ',
      'x, ',
      '::1, ',
    ];
    for (const forged of forgeries) {
      expect(networkAddress(proxy, `${forged}203.0.113.5`, 1)).toBe('203.0.113.5');
      expect(networkAddress(proxy, `${forged}203.0.113.5, 10.0.0.6`, 2)).toBe('203.0.113.5');
    }
  });

  test('reads a header that came several times as one list', () => {
    expect(networkAddress(proxy, ['198.51.100.1', '203.0.113.5'], 1)).toBe('203.0.113.5');
    expect(networkAddress(proxy, ['198.51.100.1, 203.0.113.5', '10.0.0.6'], 2)).toBe('203.0.113.5');
  });

  test('is the first entry where fewer came than there are proxies', () => {
    expect(networkAddress(proxy, '203.0.113.5', 2)).toBe('203.0.113.5');
    expect(networkAddress(proxy, '203.0.113.5, 10.0.0.6', 5)).toBe('203.0.113.5');
  });

  test('is the proxy itself where its entry is missing or no address', () => {
    const garbage = [
      undefined,
      '',
      ' , ',
      'unknown',
      '_hidden',
      '300.1.1.1',
      '203.0.113.5:80',
      '\0',
    ];
    for (const entry of garbage) expect(networkAddress(proxy, entry, 1)).toBe(proxy);
    expect(networkAddress(proxy, `203.0.113.5, ${'9'.repeat(10_000)}`, 1)).toBe(proxy);
  });

  test('has a name even where the socket is gone already', () => {
    expect(networkAddress(undefined, undefined, 0)).toBe('unknown');
    expect(networkAddress(undefined, 'garbage', 1)).toBe('unknown');
  });
});

describe('one who asks counts once', () => {
  test('by IPv4, also where the system maps it into IPv6', () => {
    const spellings = [
      '192.0.2.1',
      '::ffff:192.0.2.1',
      '::FFFF:192.0.2.1',
      '::ffff:c000:201',
      '0:0:0:0:0:ffff:192.0.2.1',
      '0000:0000:0000:0000:0000:ffff:c000:0201',
    ];
    for (const socket of spellings) {
      expect(networkAddress(socket, undefined, 0), socket).toBe('192.0.2.1');
      expect(networkAddress(proxy, socket, 1), socket).toBe('192.0.2.1');
    }
  });

  test('by the /64 of an IPv6 address, in all of its spellings', () => {
    const spellings = [
      '2001:db8:0:7::1',
      '2001:db8:0:7::',
      '2001:DB8:0:7::ABCD',
      '2001:0db8:0000:0007:0000:0000:0000:0001',
      '2001:db8:0:7:ffff:ffff:ffff:ffff',
      '2001:db8::7:1:2:3:4',
      '2001:db8::7:1:2:192.0.2.1',
      '2001:db8:0:7::192.0.2.1',
      '2001:db8:0:7::1%eth0',
    ];
    for (const socket of spellings) {
      expect(networkAddress(socket, undefined, 0), socket).toBe('2001:db8:0:7::/64');
      expect(networkAddress(proxy, socket, 1), socket).toBe('2001:db8:0:7::/64');
    }
  });

  test('while another /64 is somebody else', () => {
    expect(networkAddress('2001:db8:0:8::1', undefined, 0)).toBe('2001:db8:0:8::/64');
    expect(networkAddress('fe80::1%eth0', undefined, 0)).toBe('fe80:0:0:0::/64');
    expect(networkAddress('::1', undefined, 0)).toBe('0:0:0:0::/64');
  });
});
