/** Cache tags of what every page shows. `everything` is on each cached read; a starting process expires it. */
export const publicationTags = {
  everything: 'everything',
  publication: 'publication',
  /** Plans on offer, and what their post costs. */
  plans: 'plans',
};
