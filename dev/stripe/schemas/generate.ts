/**
 * Writes definitions.json: closed JSON schemas of what the stand-in takes and answers, made from the types of the
 * installed Stripe SDK. Run it after an update of `stripe`, or after adding to ROUTES or SERVED:
 *
 *   npm exec --package=typescript@5.9.3 -- sh -c 'node dev/stripe/schemas/generate.ts "$(command -v tsc)"'
 *
 * The walk needs the checker of TypeScript 5, which TypeScript 7 no longer offers; the argument says where it is.
 */
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ANSWERS, METHODS, PARAMS, SERVED } from './served.ts';

type Schema = Record<string, unknown>;
type Declared = { name: string; type: TsType };

/** The few members of TypeScript 5's API that the walk uses. */
type TsSymbol = { name: string; flags: number; valueDeclaration?: unknown; declarations?: unknown[] };
type TsType = {
  flags: number;
  value?: unknown;
  types?: TsType[];
  intrinsicName?: string;
  symbol?: TsSymbol;
  aliasSymbol?: TsSymbol;
};
type TsChecker = {
  getPropertiesOfType(type: TsType): TsSymbol[];
  getTypeOfSymbolAtLocation(symbol: TsSymbol, node: unknown): TsType;
  getDeclaredTypeOfSymbol(symbol: TsSymbol): TsType;
  getFullyQualifiedName(symbol: TsSymbol): string;
  getExportsOfModule(symbol: TsSymbol): TsSymbol[];
  getSymbolAtLocation(node: unknown): TsSymbol | undefined;
  getAliasedSymbol(symbol: TsSymbol): TsSymbol;
  getIndexTypeOfType(type: TsType, kind: number): TsType | undefined;
  getTypeArguments(type: TsType): TsType[];
  isArrayType(type: TsType): boolean;
};
type Flag =
  | 'Union'
  | 'Intersection'
  | 'StringLiteral'
  | 'BooleanLiteral'
  | 'Boolean'
  | 'String'
  | 'Number'
  | 'Null'
  | 'Void'
  | 'Undefined'
  | 'Unknown'
  | 'Any'
  | 'Object';
type Ts = {
  createProgram(
    files: string[],
    options: Record<string, unknown>,
  ): { getTypeChecker(): TsChecker; getSourceFile(file: string): unknown };
  TypeFlags: Record<Flag, number>;
  SymbolFlags: Record<'Alias' | 'Optional', number>;
  ModuleKind: { ESNext: number };
  ModuleResolutionKind: { Bundler: number };
  ScriptTarget: { ES2022: number };
};

/** Everything else that is a number is a whole one: amounts, quantities, times. */
const fraction = /percent|percentage|rate$|^(height|length|weight|width)$/;
/** Any object at all; what an event holds is checked by its own kind. */
const anyObject = /^Event\.Data\.(Object|PreviousAttributes)$/;
/** Objects with one property for each of Stripe's payment methods: only those that the stand-in has are kept. */
const methodHolder =
  /(^PaymentMethod|PaymentMethodDetails|PaymentMethodOptions|PaymentMethodData|DestinationDetails|NextAction)$/;
const here = path.dirname(fileURLToPath(import.meta.url));
const sdk = path.resolve(here, '../../../node_modules/stripe');
const compiler = process.argv[2];
if (!compiler) throw new Error('Say where TypeScript 5 is: see the command at the top of this file.');
const ts = createRequire(realpathSync(compiler))('../lib/typescript.js') as Ts;

const entry = path.join(sdk, 'esm/stripe.esm.node.d.ts');
const program = ts.createProgram([entry], {
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  types: [],
});
const checker = program.getTypeChecker();
const source = program.getSourceFile(entry);
const flags = ts.TypeFlags;
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
writeFileSync(target, `${JSON.stringify({ $comment: comment, version, definitions: sorted })}\n`);
process.stdout.write(`${Object.keys(sorted).length} definitions written to ${target}\n`);

/** The type that `Stripe.<name>` names, such as `Checkout.SessionCreateParams`. */
function declared(name: string): TsType {
  let members = exportsOf(source);
  let found: TsSymbol | undefined;
  for (const part of ['Stripe', ...name.split('.')]) {
    found = members.find((member) => member.name === part);
    if (!found) throw new Error(`The SDK has no type Stripe.${name} (looking for ${part}).`);
    if (found.flags & ts.SymbolFlags.Alias) found = checker.getAliasedSymbol(found);
    members = checker.getExportsOfModule(found);
  }
  return checker.getDeclaredTypeOfSymbol(found as TsSymbol);
}

function exportsOf(file: unknown): TsSymbol[] {
  const symbol = (file as { symbol?: TsSymbol }).symbol;
  if (!symbol) throw new Error(`${entry} is not a module.`);
  return checker.getExportsOfModule(symbol);
}

function reference({ name, type }: Declared): Schema {
  if (!(name in definitions)) {
    definitions[name] = {};
    queue.push({ name, type });
  }
  return { $ref: `#/definitions/${name}` };
}

function objectSchema(type: TsType, holdsMethods = false): Schema {
  const index = checker.getIndexTypeOfType(type, 0);
  if (index) return { type: 'object', additionalProperties: schemaOf(index, '') };
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const property of checker.getPropertiesOfType(type)) {
    const shape = checker.getTypeOfSymbolAtLocation(property, source);
    if (shape.flags & flags.Void) continue;
    if (holdsMethods && shape.flags & flags.Object && !METHODS.includes(property.name)) continue;
    properties[property.name] = schemaOf(shape, property.name);
    if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
  }
  return { type: 'object', properties, ...(required.length ? { required } : {}), additionalProperties: false };
}

function schemaOf(type: TsType, property: string): Schema {
  if (type.flags & flags.Union) return unionSchema(type, property);
  if (type.flags & flags.StringLiteral) return { const: type.value };
  if (type.flags & flags.BooleanLiteral) return { const: type.intrinsicName === 'true' };
  if (type.flags & flags.Boolean) return { type: 'boolean' };
  if (type.flags & (flags.Unknown | flags.Any)) return {};
  if (type.flags & flags.Null) return { type: 'null' };
  if (type.flags & flags.Number) return { type: fraction.test(property) ? 'number' : 'integer' };
  if (type.flags & (flags.String | flags.Intersection)) return { type: 'string' };
  if (type.flags & flags.Object && foreign(type)) return { not: {} };
  if (type.flags & flags.Object) return namedSchema(type, property);
  throw new Error(`No schema for the type of ${property} (flags ${type.flags}).`);
}

function namedSchema(type: TsType, property: string): Schema {
  const name = type.symbol ? checker.getFullyQualifiedName(type.symbol).replace(/^".*"\./, '') : '';
  if (checker.isArrayType(type)) {
    return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0] as TsType, property) };
  }
  if (name === 'Decimal' || name === 'DecimalImpl') return { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' };
  if (name === 'Metadata') return { type: 'object', additionalProperties: { type: 'string' } };
  if (name === 'ApiList') {
    const item = schemaOf(checker.getTypeArguments(type)[0] as TsType, property);
    return listSchema(item);
  }
  if (name.startsWith('__') || name === 'Partial') return objectSchema(type);
  return reference({ name: qualified(type, name), type });
}

/** Names are unique by file: `Session` alone is Checkout's and the Billing portal's. */
function qualified(type: TsType, name: string): string {
  const file = checker.getFullyQualifiedName(type.symbol as TsSymbol).match(/resources\/(.*)"/)?.[1];
  const folder = file?.includes('/') ? `${file.split('/')[0]}.` : '';
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
function unionSchema(type: TsType, property: string): Schema {
  const members = type.types ?? [];
  const literals = members.filter((m) => m.flags & flags.StringLiteral).map((m) => m.value);
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

function foreign(type: TsType): boolean {
  const tag = checker.getPropertiesOfType(type).find((p) => p.name === 'object');
  if (!tag) return false;
  const kind = checker.getTypeOfSymbolAtLocation(tag, source);
  return kind.flags & flags.StringLiteral ? !(String(kind.value) in SERVED) && kind.value !== 'list' : false;
}
