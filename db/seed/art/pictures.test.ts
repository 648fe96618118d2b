import { describe, expect, it } from 'vitest';
import { drawPicture, pictureKeys } from './pictures.ts';

describe('the demo’s pictures', () => {
  it.each(pictureKeys)('%s is drawn whole, the same each time, and small enough', (key) => {
    const { svg, width, height } = drawPicture(key);
    expect(width).toBe(1600);
    expect(height).toBeGreaterThan(1000);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|<text|<filter/);
    expect(svg.length).toBeLessThan(300_000);
    expect(drawPicture(key).svg).toBe(svg);
  });

  it('refuses a name that it does not know', () => {
    expect(() => drawPicture('toString')).toThrow('toString');
  });
});
