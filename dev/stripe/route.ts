import type Stripe from 'stripe';
import { createdWithin, type Page, paginate } from './lists.ts';
import type { ObjectKind, ParamsName } from './schemas/served.ts';
import { all, type Kinds, need, type World } from './world.ts';

/** An answer before `expand`: one object, or a list of them. */
export type Answer = { object: string; [key: string]: unknown };

export type Route = {
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  params: ParamsName;
  run: (world: World, params: never, id: string, path: string) => Answer;
};

type Crud<K extends ObjectKind> = {
  create?: [ParamsName, (world: World, params: never) => Kinds[K]];
  update?: [ParamsName, (world: World, id: string, params: never) => Kinds[K]];
  remove?: [ParamsName, (world: World, id: string) => object];
  retrieve: ParamsName;
  list?: [ParamsName, (params: never) => (object: Kinds[K]) => boolean];
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
  if (remove)
    found.push(
      route('DELETE', `/${name}/:id`, remove[0], (world, _params, id) => remove[1](world, id)),
    );
  if (list) {
    found.push(
      route('GET', `/${name}`, list[0], (world, params: never, _id, path) => {
        const filter = list[1](params);
        const { created } = params as { created?: Stripe.RangeQueryParam | number };
        const items = all(world, kind).filter(
          (o) => filter(o) && createdWithin(createdOf(o), created),
        );
        return paginate(items, params as Page, path);
      }),
    );
  }
  return found;
}

/** One route; `:id` stands for any part of the path. */
export function route<P>(
  method: Route['method'],
  path: string,
  params: ParamsName,
  run: (world: World, params: P, id: string, path: string) => object,
): Route {
  const pattern = new RegExp(`^/v1${path.replace(':id', '([^/]+)')}$`);
  return { method, path: pattern, params, run: run as Route['run'] };
}

function createdOf(object: object): number {
  return 'created' in object && typeof object.created === 'number' ? object.created : 0;
}
