import { describe, expect, it } from 'vitest';
import { sourceOf } from './body-sources.ts';

describe('the source of a link card', () => {
  it.each([
    ['https://www.youtube.com/watch?v=1', 'YouTube'],
    ['https://youtu.be/1', 'YouTube'],
    ['https://m.youtube.com/watch?v=1', 'YouTube'],
    ['https://player.vimeo.com/video/1', 'Vimeo'],
    ['https://some-band.bandcamp.com/album/x', 'Bandcamp'],
    ['HTTPS://OPEN.SPOTIFY.COM/track/1', 'Spotify'],
  ])('%s plays at %s', (url, name) => {
    expect(sourceOf(url)).toEqual({ name, plays: true });
  });

  it.each([
    ['https://www.example.org/a', 'example.org'],
    ['https://notyoutube.com/', 'notyoutube.com'],
    ['https://youtube.com.example.org/', 'youtube.com.example.org'],
  ])('%s is a page of %s, and nothing plays', (url, name) => {
    expect(sourceOf(url)).toEqual({ name, plays: false });
  });

  it.each(['/issues', '#note', 'mailto:ann@example.org', 'https://'])(
    '%s is no other site',
    (url) => {
      expect(sourceOf(url)).toBeNull();
    },
  );
});
