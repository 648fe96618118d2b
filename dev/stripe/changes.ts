import { mergeMetadata } from './metadata.ts';
import { type EventType, emit } from './objects/events.ts';
import { type World, wire } from './world.ts';

type Json = Record<string, unknown>;
type Described = Parameters<typeof mergeMetadata>[1];

/**
 * Changes a stored object, its metadata too where `params` has some, and emits `type` with what its fields were
 * before; nothing where nothing is different.
 */
export function update<T extends { id: string; metadata: Record<string, string> | null }>(
  world: World,
  object: T,
  type: EventType | null,
  params: { metadata?: Described },
  change: () => void = () => undefined,
): T {
  const before = wire(object) as Json;
  change();
  object.metadata = mergeMetadata(object.metadata, params.metadata);
  const old = differences(before, wire(object) as Json);
  if (type && Object.keys(old).length) emit(world, type, object, old);
  return object;
}

/** The earlier values of what differs; in a hash key by key, null for what wasn't there. */
function differences(before: Json, after: Json): Json {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const found: Json = {};
  for (const key of keys) {
    const [old, now] = [before[key] ?? null, after[key] ?? null];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    found[key] = isHash(old) && isHash(now) ? differences(old, now) : old;
  }
  return found;
}

function isHash(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
