export type Section = { slug: string; name: string; description: string };
