import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { invalid, type StripeFailure } from './errors.ts';
import type { Tree } from './form.ts';
import { type ObjectKind, type ParamsName, SERVED } from './schemas/served.ts';

type Schema = {
  $ref?: string;
  anyOf?: Schema[];
  type?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
};

const file = readFileSync(new URL('./schemas/definitions.json', import.meta.url), 'utf8');
const schemas = JSON.parse(file) as { version: string; definitions: Record<string, Schema> };
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  validateSchema: false,
  logger: false,
  // Half the time to compile the schemas, which is most of the time of a short test.
  code: { optimize: false },
});
ajv.addSchema({ $id: 'stripe', ...schemas });

/** The version of the SDK that the schemas were made from. */
export const schemaVersion: string = schemas.version;

/**
 * Turns form strings into the numbers, booleans and arrays that the SDK's type `name` asks for, and refuses what the
 * type doesn't know: `parameter_unknown`, `parameter_missing`, `parameter_invalid_integer`, or a plain 400.
 */
export function coerceParams<T>(name: ParamsName, tree: Tree): T {
  const params = coerce({ $ref: `#/definitions/${name}` }, tree);
  const validate = validator(name);
  if (!validate(params)) throw refusal(validate.errors ?? []);
  return params as T;
}

/**
 * Throws where an answer breaks its closed schema: a defect of the stand-in, never the caller's fault.
 * Lists and deletions are checked too.
 */
export function checkAnswer(answer: unknown): void {
  const { object, data, deleted } = answer as { object: string; data: unknown; deleted?: boolean };
  if (object === 'list') {
    for (const item of data as unknown[]) checkAnswer(item);
    return;
  }
  const name = SERVED[object as ObjectKind] as string | undefined;
  if (!name) throw new Error(`The stand-in answered an object of unknown kind "${object}".`);
  const validate = validator(deleted ? deletedName(name) : name);
  if (!validate(answer)) {
    throw new Error(
      `The stand-in's ${object} breaks Stripe's schema: ${ajv.errorsText(validate.errors)}`,
    );
  }
  if (object === 'event') checkAnswer((data as { object: unknown }).object);
}

/** Compiles the schemas of all answers, which the first answer would wait for otherwise: about a second. */
export function compileSchemas(): void {
  for (const name of Object.values(SERVED)) validator(name);
}

const validators = new Map<string, ValidateFunction>();

function validator(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known) return known;
  const validate = ajv.getSchema(`stripe#/definitions/${name}`);
  if (!validate) throw new Error(`No schema named ${name}: run dev/stripe/schemas/generate.ts.`);
  validators.set(name, validate);
  return validate;
}

/** `Coupon` → `DeletedCoupon`, `TestHelpers.TestClock` → `TestHelpers.DeletedTestClock`. */
function deletedName(name: string): string {
  const parts = name.split('.');
  return [...parts.slice(0, -1), `Deleted${parts.at(-1)}`].join('.');
}

function coerce(given: Schema, node: Tree): unknown {
  const schema = resolve(given);
  if (schema.anyOf) return coerceUnion(schema.anyOf.map(resolve), node);
  if (typeof node === 'string') return coerceText(schema, node);
  if (schema.type === 'array') return coerceArray(schema, node);
  const rest = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  return Object.fromEntries(
    Object.entries(node).map(([key, child]) => [
      key,
      coerce(schema.properties?.[key] ?? rest, child),
    ]),
  );
}

function coerceUnion(options: Schema[], node: Tree): unknown {
  if (typeof node !== 'string') {
    const numeric = Object.keys(node).every((key) => /^\d+$/.test(key));
    const array = options.find((option) => option.type === 'array');
    const object = options.find((option) => option.type === 'object');
    return coerce((numeric ? (array ?? object) : (object ?? array)) ?? {}, node);
  }
  const takesText = options.some(
    (o) => o.type === 'string' || o.enum?.includes(node) || o.const === node,
  );
  if (takesText) return node;
  if (node === '' && options.some((option) => option.type === 'null')) return null;
  const values = options.map((option) => coerceText(option, node));
  return values.find((value) => typeof value !== 'string') ?? node;
}

function coerceText(schema: Schema, text: string): unknown {
  if (schema.type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (schema.type === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (schema.type === 'boolean' || typeof schema.const === 'boolean') {
    return text === 'true' ? true : text === 'false' ? false : text;
  }
  return text;
}

function coerceArray(schema: Schema, node: { [key: string]: Tree }): unknown {
  const keys = Object.keys(node);
  if (!keys.every((key) => /^\d+$/.test(key))) return node;
  const ordered = keys.sort((a, b) => Number(a) - Number(b));
  return ordered.map((key) => coerce(schema.items ?? {}, node[key] ?? ''));
}

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : (schemas.definitions[name] ?? {});
}

/** Ajv reports every branch of a union; the deepest complaint is the one that the caller can act on. */
function refusal(errors: ErrorObject[]): StripeFailure {
  const plain = errors.filter((error) => error.keyword !== 'anyOf' && error.keyword !== 'type');
  const candidates = plain.length ? plain : errors;
  const [error] = candidates.sort((a, b) => depth(b) - depth(a));
  if (!error) throw new Error('A schema refused without saying why.');
  const at = paramOf(error.instancePath);
  switch (error.keyword) {
    case 'additionalProperties': {
      const param = join(at, String(error.params.additionalProperty));
      return invalid(`Received unknown parameter: ${param}`, param, 'parameter_unknown');
    }
    case 'required': {
      const param = join(at, String(error.params.missingProperty));
      return invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
    }
    case 'enum':
      return invalid(`Invalid ${at}: must be one of ${error.params.allowedValues.join(', ')}`, at);
    case 'type': {
      const integer = error.params.type === 'integer';
      return integer
        ? invalid(`Invalid integer: ${at}`, at, 'parameter_invalid_integer')
        : invalid(`Invalid ${error.params.type}: ${at}`, at);
    }
    default:
      return invalid(`Invalid ${at}: ${error.message}`, at);
  }
}

function depth(error: ErrorObject): number {
  return error.instancePath.split('/').length;
}

function paramOf(instancePath: string): string {
  return instancePath.split('/').slice(1).reduce(join, '');
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}[${key}]`;
}
