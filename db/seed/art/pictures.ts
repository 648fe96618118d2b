import { birds } from './birds.ts';
import { type Scene, toSvg } from './draw.ts';
import { glass } from './glass.ts';
import { instruments } from './instruments.ts';
import { lamplight } from './lamplight.ts';
import { land } from './land.ts';
import { maps } from './maps.ts';
import { night } from './night.ts';
import { port } from './port.ts';
import { railways } from './railway.ts';
import { seeded } from './random.ts';
import { rooms } from './rooms.ts';
import { sea } from './sea.ts';
import { town } from './town.ts';
import { weather } from './weather.ts';
import { works } from './works.ts';

const scenes: Record<string, Scene> = {
  ...sea,
  ...port,
  ...birds,
  ...land,
  ...maps,
  ...railways,
  ...weather,
  ...instruments,
  ...glass,
  ...works,
  ...night,
  ...town,
  ...rooms,
  ...lamplight,
};

/** What an article can name as its picture. */
export const pictureKeys: readonly string[] = Object.keys(scenes);

/** The drawing of that name, always the same; width and height in pixels. Throws on a name that isn't listed. */
export function drawPicture(key: string): { svg: string; width: number; height: number } {
  const scene = Object.hasOwn(scenes, key) ? scenes[key] : undefined;
  if (!scene) throw new Error(`There is no drawing called “${key}”`);
  const sheet = scene(seeded(key));
  return { svg: toSvg(sheet), width: sheet.width, height: sheet.height };
}
