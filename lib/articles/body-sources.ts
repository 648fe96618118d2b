/** Where a film or a recording is known to play. */
const players: Record<string, string> = {
  'youtube.com': 'YouTube',
  'youtu.be': 'YouTube',
  'vimeo.com': 'Vimeo',
  'dailymotion.com': 'Dailymotion',
  'soundcloud.com': 'SoundCloud',
  'bandcamp.com': 'Bandcamp',
  'mixcloud.com': 'Mixcloud',
  'open.spotify.com': 'Spotify',
  'podcasts.apple.com': 'Apple Podcasts',
  'archive.org': 'Internet Archive',
};

/**
 * Whose page a link card leads to, and whether something plays there; `null` for a page of this site, an anchor and a mail
 * address. A name that only ends like a known one (`notyoutube.com`) is not taken for it.
 */
export function sourceOf(url: string): { name: string; plays: boolean } | null {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return null;
  const host = new URL(url).hostname.replace(/^(www|m)\./, '');
  const known = Object.keys(players).find((name) => host === name || host.endsWith(`.${name}`));
  return known ? { name: players[known] ?? known, plays: true } : { name: host, plays: false };
}
