import type { Attributes, NodeConfig } from '@tiptap/core';
import type { AttributeSpec, DOMOutputSpec, MarkSpec, NodeSpec } from '@tiptap/pm/model';
import { markSpecs, nodeSpecs } from '#lib/articles/body-nodes.ts';

/** How long the texts beside the running text may be: what the schema's checks let through. */
export const attributeLengths = {
  source: 500,
  alt: 2_000,
  caption: 2_000,
  credit: 500,
  licence: 200,
  speaker: 120,
  tableCaption: 500,
  cardTitle: 300,
  cardDescription: 600,
} as const;

/**
 * Content, group and attributes of a node as the shared schema has them. No attribute is read or written by its name
 * alone: each node's own `parseHTML` and `renderHTML` do that, so that pasted HTML can't set one to what the schema
 * refuses.
 */
export function nodeStructure(
  name: keyof typeof nodeSpecs,
): Partial<NodeConfig> & { name: string } {
  const { content, group, inline, atom, attrs }: NodeSpec = nodeSpecs[name];
  return {
    name,
    ...(content && { content }),
    ...(group && { group }),
    ...(inline && { inline }),
    ...(atom && { atom }),
    addAttributes: () => attributesOf(attrs),
  };
}

/** The same for a mark. */
export function markStructure(name: keyof typeof markSpecs) {
  const { excludes, inclusive, attrs }: MarkSpec = markSpecs[name];
  return {
    name,
    ...(excludes !== undefined && { excludes }),
    ...(inclusive !== undefined && { inclusive }),
    addAttributes: () => attributesOf(attrs),
  };
}

/** An element to draw; children that are `false` or empty are left out. */
export function element(
  tag: string,
  attrs: Record<string, unknown>,
  ...children: (DOMOutputSpec | 0 | false | '')[]
): DOMOutputSpec {
  return [tag, attrs, ...children.filter((child) => child === 0 || Boolean(child))];
}

function attributesOf(specs: Record<string, AttributeSpec> | undefined): Attributes {
  const attributes: Attributes = {};
  for (const [key, { default: value, validate }] of Object.entries(specs ?? {})) {
    attributes[key] = {
      default: value,
      rendered: false,
      parseHTML: () => null,
      ...(validate && { validate }),
    };
  }
  return attributes;
}
