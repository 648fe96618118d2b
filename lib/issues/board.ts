/** An article's place in a department, with what is set aside for it in print. */
export type Place = {
  articleId: string;
  /** The page that it begins on. */
  page: number | null;
  pageCount: number | null;
  /** How many words it is to have. */
  wordBudget: number | null;
};

/** What stands where in an issue: its departments in their order, the empty ones too, each with its articles in theirs. */
export type Plan = { name: string; places: Place[] }[];

/** A place in the making: before the article that now is number `index` of the department, from 0; behind the last. */
export type Slot = { department: string; index: number };

const emptyPlace = (articleId: string): Place => ({
  articleId,
  page: null,
  pageCount: null,
  wordBudget: null,
});

/** Every place in the order of the issue. */
export function placesOf(plan: Plan): Place[] {
  return plan.flatMap(({ places }) => places);
}

/** Where an article stands; `null` for one that doesn't. */
export function slotOf(plan: Plan, articleId: string): Slot | null {
  for (const { name, places } of plan) {
    const index = places.findIndex((place) => place.articleId === articleId);
    if (index !== -1) return { department: name, index };
  }
  return null;
}

/** Puts an article into a slot, from wherever it stands or from outside. A slot of the same department counts with it. */
export function moveTo(plan: Plan, articleId: string, slot: Slot): Plan {
  const from = slotOf(plan, articleId);
  const moved =
    placesOf(plan).find((place) => place.articleId === articleId) ?? emptyPlace(articleId);
  const shift = from?.department === slot.department && from.index < slot.index ? 1 : 0;
  return plan.map(({ name, places }) => {
    const others = places.filter((place) => place.articleId !== articleId);
    if (name !== slot.department) return { name, places: others };
    return { name, places: others.toSpliced(slot.index - shift, 0, moved) };
  });
}

/**
 * One place up or down in the issue: at the end of a department, into the next one. `null` where there is no further
 * place.
 */
export function step(plan: Plan, articleId: string, direction: 'up' | 'down'): Plan | null {
  const from = slotOf(plan, articleId);
  if (!from) return null;
  const at = plan.findIndex(({ name }) => name === from.department);
  const length = plan[at]?.places.length ?? 0;
  if (direction === 'up') {
    if (from.index > 0) return moveTo(plan, articleId, { ...from, index: from.index - 1 });
    const before = plan[at - 1];
    return before
      ? moveTo(plan, articleId, { department: before.name, index: before.places.length })
      : null;
  }
  if (from.index < length - 1) return moveTo(plan, articleId, { ...from, index: from.index + 2 });
  const after = plan[at + 1];
  return after ? moveTo(plan, articleId, { department: after.name, index: 0 }) : null;
}

/** Takes an article out. */
export function takeOut(plan: Plan, articleId: string): Plan {
  return plan.map(({ name, places }) => ({
    name,
    places: places.filter((place) => place.articleId !== articleId),
  }));
}

/** Changes what is set aside for an article. */
export function setPlace(
  plan: Plan,
  articleId: string,
  part: Partial<Omit<Place, 'articleId'>>,
): Plan {
  return plan.map(({ name, places }) => ({
    name,
    places: places.map((place) => (place.articleId === articleId ? { ...place, ...part } : place)),
  }));
}

/** Why a department can't have this name, in words; `null` where it can. `except`: the one that is renamed. */
export function nameProblem(plan: Plan, name: string, except?: string): string | null {
  const typed = name.trim();
  if (typed === '') return 'Name the department.';
  if (typed.length > 60) return 'A department may have 60 characters at most.';
  return plan.some((one) => one.name !== except && sameName(one.name, typed))
    ? 'There is a department of this name already.'
    : null;
}

export function addDepartment(plan: Plan, name: string): Plan {
  return [...plan, { name: name.trim(), places: [] }];
}

export function renameDepartment(plan: Plan, from: string, to: string): Plan {
  return plan.map((one) => (one.name === from ? { ...one, name: to.trim() } : one));
}

/** Takes a department away; one that articles stand in stays. */
export function removeDepartment(plan: Plan, name: string): Plan {
  return plan.filter((one) => one.name !== name || one.places.length > 0);
}

/** Moves a department so that it stands before the one that now is number `index`, from 0. */
export function moveDepartment(plan: Plan, name: string, index: number): Plan {
  const from = plan.findIndex((one) => one.name === name);
  const moved = plan[from];
  if (!moved) return plan;
  return plan.toSpliced(from, 1).toSpliced(from < index ? index - 1 : index, 0, moved);
}

/** Numbers the pages in the order of the plan, from `first` on. What has no number of pages takes one. */
export function numberPages(plan: Plan, first: number): Plan {
  let next = first;
  return plan.map(({ name, places }) => ({
    name,
    places: places.map((place) => {
      const page = next;
      next += place.pageCount ?? 1;
      return { ...place, page };
    }),
  }));
}

/** Whether two names look the same to a reader. */
function sameName(one: string, other: string): boolean {
  return one.toLocaleLowerCase('en') === other.toLocaleLowerCase('en');
}
