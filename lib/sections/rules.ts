/** In letters. The site's own menu names the sections, and becomes the publication's where somebody changes it. */
export const longestSectionName = 60;

export type Section = { slug: string; name: string; description: string };
