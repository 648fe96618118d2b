import type Stripe from 'stripe';
import { createdWithin, type Page, pageOf, paginate } from './lists.ts';
import type { ObjectKind, ParamsName } from './schemas/served.ts';
import type { Kinds } from './state.ts';
import { findBy, need, type World } from './world.ts';

/** An answer before `expand`: one object, or a list of them. */
export type Answer = { object: string; [key: string]: unknown };

export type Route = {
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  /** The first part of the path. */
  area: string;
  params: ParamsName;
  run: (world: World, params: never, id: string, path: string) => Answer;
};

type Crud<K extends ObjectKind> = {
  create?: [ParamsName, (world: World, params: never) => Kinds[K]];
  update?: [ParamsName, (world: World, id: string, params: never) => Kinds[K]];
  remove?: [ParamsName, (world: World, id: string, params: never) => object];
  retrieve: ParamsName;
  /** What the parameters let pass, and the key of `indexes.ts` and its value that lead there sooner, where they name one. */
  list?: [
    ParamsName,
    (params: never) => (object: Kinds[K]) => boolean,
    ((params: never) => [string, unknown] | null)?,
  ];
};

/** The routes of one kind of object: only those that are given. */
export function crud<K extends ObjectKind>(name: string, kind: K, given: Crud<K>): Route[] {
  const { create, update, remove, list } = given;
  const found: Route[] = [
    route('GET', `/${name}/:id`, given.retrieve, (world, _params, id) => need(world, kind, id)),
  ];
  if (create)
    found.push(
      route('POST', `/${name}`, create[0], (world, params: never) => create[1](world, params)),
    );
  if (update) {
    found.push(
      route('POST', `/${name}/:id`, update[0], (world, params: never, id) =>
        update[1](world, id, params),
      ),
    );
  }
  if (remove) {
    found.push(
      route('DELETE', `/${name}/:id`, remove[0], (world, params: never, id) =>
        remove[1](world, id, params),
      ),
    );
  }
  if (list) {
    found.push(
      route('GET', `/${name}`, list[0], (world, params: never, _id, path) => {
        const filter = list[1](params);
        const { created } = params as { created?: Stripe.RangeQueryParam | number };
        const wanted = (o: Kinds[K]) => filter(o) && createdWithin(createdOf(o), created);
        const key = list[2]?.(params) ?? null;
        if (!key) return pageOf(world, kind, params as Page, path, wanted);
        const items = findBy(world, kind, ...key)
          .reverse()
          .filter(wanted);
        return paginate(items, params as Page, path);
      }),
    );
  }
  return found;
}

/** What is done with one object besides: `POST /<name>/:id/<verb>`. */
export function action<P>(
  name: string,
  verb: string,
  params: ParamsName,
  run: (world: World, id: string, params: P) => object,
): Route {
  return route('POST', `/${name}/:id/${verb}`, params, (world, given: P, id) =>
    run(world, id, given),
  );
}

/** One route; `:id` stands for any part of the path. */
export function route<P>(
  method: Route['method'],
  path: string,
  params: ParamsName,
  run: (world: World, params: P, id: string, path: string) => object,
): Route {
  const pattern = new RegExp(`^/v1${path.replace(':id', '([^/]+)')}$`);
  const area = path.split('/')[1] ?? '';
  return { method, path: pattern, area, params, run: run as Route['run'] };
}

/** The first key that the parameters give a value for, or null. */
export function firstOf(keys: Readonly<Record<string, unknown>>): [string, unknown] | null {
  return Object.entries(keys).find(([, value]) => value !== undefined) ?? null;
}

function createdOf(object: object): number {
  return 'created' in object && typeof object.created === 'number' ? object.created : 0;
}
