export type Topic = { slug: string; name: string; description: string };
