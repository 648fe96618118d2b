/**
 * Writes definitions.json: closed JSON schemas of what the stand-in takes and answers, made from the types of the
 * installed Stripe SDK. Run it after an update of `stripe`, or after adding to PARAMS or SERVED:
 *
 *   node dev/stripe/schemas/generate.ts
 *
 * The walk goes through the checker that TypeScript 7 calls unstable: an update of `typescript` may move it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  API,
  TypeFlags as flags,
  SymbolFlags,
  type Type,
  type TypeReference,
  type UnionType,
} from 'typescript/unstable/sync';
import { ANSWERS, METHODS, PARAMS, SERVED } from './served.ts';

type TsSymbol = NonNullable<ReturnType<Type['getSymbol']>>;
type Schema = Record<string, unknown>;
type Declared = { name: string; type: Type };

/** Everything else that is a number is a whole one: amounts, quantities, times. */
const fraction = /percent|percentage|rate$|^(height|length|weight|width)$/;
/** Any object at all; what an event holds is checked by its own kind. */
const anyObject = /^Event\.Data\.(Object|PreviousAttributes)$/;
/** Objects with one property for each of Stripe's payment methods: only those that the stand-in has are kept. */
const methodHolder =
  /(^PaymentMethod|PaymentMethodDetails|PaymentMethodOptions|PaymentMethodData|DestinationDetails|NextAction)$/;
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../..');
const sdk = path.join(root, 'node_modules/stripe');
const entry = path.join(sdk, 'esm/stripe.esm.node.d.ts');

const api = new API({ cwd: root });
const project = api
  .updateSnapshot({ openProjects: [path.join(root, 'tsconfig.json')] })
  .getProject(path.join(root, 'tsconfig.json'));
if (!project) throw new Error('TypeScript does not open tsconfig.json.');
const { checker, program } = project;
const definitions: Record<string, Schema> = {};
const queue: Declared[] = [];

const wanted = new Set([...Object.values(SERVED), ...ANSWERS, ...PARAMS]);
for (const name of wanted) reference({ name, type: declared(name) });
for (let next = queue.shift(); next; next = queue.shift()) {
  definitions[next.name] = anyObject.test(next.name)
    ? { type: 'object' }
    : objectSchema(next.type, methodHolder.test(next.name));
}
const version = JSON.parse(readFileSync(path.join(sdk, 'package.json'), 'utf8')).version;
const sorted = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
const target = path.join(here, 'definitions.json');
const comment = `Generated from stripe@${version} by dev/stripe/schemas/generate.ts (the command is at its top). Do not edit.`;
// A line for each definition, so that an update of the SDK can be read as a diff.
const lines = Object.entries(sorted).map(([name, schema]) => `"${name}":${JSON.stringify(schema)}`);
writeFileSync(
  target,
  `{"$comment":"${comment}",\n"version":"${version}",\n"definitions":{\n${lines.join(',\n')}\n}}\n`,
);
process.stdout.write(`${Object.keys(sorted).length} definitions written to ${target}\n`);
api.close();

/** The type that `Stripe.<name>` names, such as `Checkout.SessionCreateParams`. */
function declared(name: string): Type {
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) throw new Error(`${entry} is not a module of this project.`);
  let found = module;
  for (const part of ['Stripe', ...name.split('.')]) {
    const member = checker.getExportsOfModule(found).find((candidate) => candidate.name === part);
    if (!member) throw new Error(`The SDK has no type Stripe.${name} (looking for ${part}).`);
    found = member.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(member) : member;
  }
  return checker.getDeclaredTypeOfSymbol(found);
}

function reference({ name, type }: Declared): Schema {
  if (!(name in definitions)) {
    definitions[name] = {};
    queue.push({ name, type });
  }
  return { $ref: `#/definitions/${name}` };
}

function objectSchema(type: Type, holdsMethods = false): Schema {
  const [index] = checker.getIndexInfosOfType(type);
  if (index) return { type: 'object', additionalProperties: schemaOf(index.valueType, '') };
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const property of checker.getPropertiesOfType(type)) {
    const shape = typeOf(property);
    if (isVoid(shape)) continue;
    if (holdsMethods && holdsObject(shape) && !METHODS.includes(property.name)) continue;
    properties[property.name] = schemaOf(shape, property.name);
    if (!(property.flags & SymbolFlags.Optional)) required.push(property.name);
  }
  return {
    type: 'object',
    properties,
    ...(required.length ? { required } : {}),
    additionalProperties: false,
  };
}

function schemaOf(type: Type, property: string): Schema {
  if (type.isUnionType()) return unionSchema(type, property);
  if (type.isStringLiteralType() || type.isBooleanLiteralType()) return { const: type.value };
  if (type.flags & flags.Boolean) return { type: 'boolean' };
  if (type.flags & (flags.Unknown | flags.Any)) return {};
  if (type.flags & flags.Null) return { type: 'null' };
  if (type.flags & flags.Number) return { type: fraction.test(property) ? 'number' : 'integer' };
  if (type.flags & (flags.String | flags.Intersection)) return { type: 'string' };
  if (type.flags & flags.Object && foreign(type)) return { not: {} };
  if (type.flags & flags.Object) return namedSchema(type, property);
  throw new Error(`No schema for the type of ${property} (flags ${type.flags}).`);
}

function namedSchema(type: Type, property: string): Schema {
  const [name, file] = nameOf(type);
  const argument = () =>
    schemaOf(checker.getTypeArguments(type as TypeReference)[0] as Type, property);
  if (checker.isArrayType(type)) return { type: 'array', items: argument() };
  if (name === 'Decimal' || name === 'DecimalImpl') {
    return { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' };
  }
  if (name === 'Metadata') return { type: 'object', additionalProperties: { type: 'string' } };
  if (name === 'ApiList') return listSchema(argument());
  if (name.startsWith('__') || name === 'Partial') return objectSchema(type);
  return reference({ name: qualified(name, file), type });
}

/** The dotted name inside its module, as `Charge.Outcome`, and the module's quoted file name. */
function nameOf(type: Type): [name: string, file: string] {
  const names: string[] = [];
  let symbol: TsSymbol | undefined = type.getSymbol();
  for (; symbol && !symbol.name.startsWith('"'); symbol = symbol.getParent())
    names.unshift(symbol.name);
  return [names.join('.'), symbol?.name ?? ''];
}

/** Names are unique by file: `Session` alone is Checkout's and the Billing portal's. */
function qualified(name: string, file: string): string {
  const within = file.match(/resources\/(.*)"/)?.[1];
  const folder = within?.includes('/') ? `${within.split('/')[0]}.` : '';
  return name.startsWith(folder) ? name : `${folder}${name}`;
}

function listSchema(item: Schema): Schema {
  return {
    type: 'object',
    properties: {
      object: { const: 'list' },
      data: { type: 'array', items: item },
      has_more: { type: 'boolean' },
      url: { type: 'string' },
    },
    required: ['object', 'data', 'has_more', 'url'],
    additionalProperties: false,
  };
}

/**
 * Literals become an enum (the SDK's `OtherString` beside them is dropped: the stand-in knows no others), `T | null`
 * stays, and of `string | Account` only the id stays where the stand-in doesn't serve the object.
 */
function unionSchema(type: UnionType, property: string): Schema {
  const members = type.getTypes();
  const literals = members.filter((m) => m.isStringLiteralType()).map((m) => m.value);
  const booleans = members.filter((m) => m.flags & flags.BooleanLiteral);
  const options: Schema[] = [];
  if (literals.length) options.push({ enum: literals });
  if (booleans.length === 2) options.push({ type: 'boolean' });
  else for (const member of booleans) options.push(schemaOf(member, property));
  for (const member of members) {
    if (member.flags & (flags.StringLiteral | flags.BooleanLiteral | flags.Undefined)) continue;
    if (literals.length && member.flags & flags.Intersection) continue;
    if (member.flags & flags.Object && foreign(member)) continue;
    options.push(schemaOf(member, property));
  }
  const distinct = [...new Map(options.map((o) => [JSON.stringify(o), o])).values()];
  if (!distinct.length) return { not: {} };
  return distinct.length === 1 ? (distinct[0] as Schema) : { anyOf: distinct };
}

function foreign(type: Type): boolean {
  const tag = checker.getPropertyOfType(type, 'object');
  const kind = tag && typeOf(tag);
  return kind?.isStringLiteralType() ? !(kind.value in SERVED) && kind.value !== 'list' : false;
}

function holdsObject(type: Type): boolean {
  if (type.isUnionType()) return type.getTypes().some(holdsObject);
  return (type.flags & flags.Object) !== 0;
}

/** A property that must not be there, as `deleted?: void`. */
function isVoid(type: Type): boolean {
  return (type.flags & (flags.Void | flags.Undefined)) !== 0;
}

/** The symbol's type without the `undefined` of what is optional, where one type is left. */
function typeOf(symbol: TsSymbol): Type {
  const type = checker.getTypeOfSymbol(symbol);
  if (!type) throw new Error(`${symbol.name} has no type.`);
  if (!type.isUnionType()) return type;
  const [only, ...others] = type.getTypes().filter((member) => !(member.flags & flags.Undefined));
  return only && !others.length ? only : type;
}
