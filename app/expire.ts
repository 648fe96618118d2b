import { updateTag } from 'next/cache';

/** After a change, in the action that made it: the next request of every page that showed the old state renders anew. */
