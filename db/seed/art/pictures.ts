import { type Scene, toSvg } from './draw.ts';
import { seeded } from './random.ts';
import { allotmentScenes } from './scenes/allotment.ts';
import { bakeryScenes } from './scenes/bakery.ts';
import { birdsScenes } from './scenes/birds.ts';
import { buildingScenes } from './scenes/building.ts';
import { enclosureScenes } from './scenes/enclosure.ts';
import { floodScenes } from './scenes/flood.ts';
import { greenhouseScenes } from './scenes/greenhouse.ts';
import { instrumentsScenes } from './scenes/instruments.ts';
import { kitchenScenes } from './scenes/kitchen.ts';
import { lamplightScenes } from './scenes/lamplight.ts';
import { lampsScenes } from './scenes/lamps.ts';
import { landScenes } from './scenes/land.ts';
import { libraryScenes } from './scenes/library.ts';
import { machinesScenes } from './scenes/machines.ts';
import { marketHallScenes } from './scenes/market-hall.ts';
import { paperworkScenes } from './scenes/paperwork.ts';
import { pegboardScenes } from './scenes/pegboard.ts';
import { portScenes } from './scenes/port.ts';
import { quarryScenes } from './scenes/quarry.ts';
import { railwayScenes } from './scenes/railway.ts';
import { rooftopsScenes } from './scenes/rooftops.ts';
import { seaScenes } from './scenes/sea.ts';
import { streetScenes } from './scenes/street.ts';
import { towerBlockScenes } from './scenes/tower-block.ts';
import { weatherScenes } from './scenes/weather.ts';
import { windowsScenes } from './scenes/windows.ts';

const scenes: Record<string, Scene> = {
  ...birdsScenes,
  ...seaScenes,
  ...portScenes,
  ...landScenes,
  ...enclosureScenes,
  ...railwayScenes,
  ...weatherScenes,
  ...floodScenes,
  ...instrumentsScenes,
  ...windowsScenes,
  ...greenhouseScenes,
  ...quarryScenes,
  ...allotmentScenes,
  ...bakeryScenes,
  ...streetScenes,
  ...lampsScenes,
  ...lamplightScenes,
  ...rooftopsScenes,
  ...towerBlockScenes,
  ...marketHallScenes,
  ...buildingScenes,
  ...libraryScenes,
  ...pegboardScenes,
  ...kitchenScenes,
  ...paperworkScenes,
  ...machinesScenes,
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
