/** Cache tag of every answer that depends on what is redirected. */
export const redirectTags = { all: 'redirects' };
