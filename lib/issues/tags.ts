/** Cache tags of issues. `one` covers the issue's page, its contents and its place on its articles' pages. */
export const issueTags = {
  all: 'issues',
  one: (slug: string) => `issue:${slug}`,
  /** Prices and stock of an issue. By its id, so that whoever changes them need not know its address. */
  offers: (issueId: string) => `offers:${issueId}`,
};
