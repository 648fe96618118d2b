import type { MenuEntry } from '#components/dashboard/issue/menu.tsx';
import { moveDepartment, moveTo, type Plan, removeDepartment, step } from '#lib/issues/board.ts';

/** What can be done with an article of the board: moved by steps, to a department or an issue, opened with, taken out. */
export function articleMenu({
  plan,
  id,
  department,
  opens,
  others,
  move,
  takeOut,
  open,
  moveToIssue,
}: {
  plan: Plan;
  id: string;
  department: string;
  /** It is the editorial. */
  opens: boolean;
  others: { id: string; name: string }[];
  move: (next: Plan) => void;
  takeOut: () => void;
  open: (articleId: string | null) => void;
  moveToIssue: (issueId: string) => void;
}): { label?: string; entries: MenuEntry[] }[] {
  const [up, down] = [step(plan, id, 'up'), step(plan, id, 'down')];
  return [
    {
      entries: [
        { name: 'Move up', act: () => up && move(up), not: !up && 'It is the first.' },
        { name: 'Move down', act: () => down && move(down), not: !down && 'It is the last.' },
      ],
    },
    {
      label: 'Move to',
      entries: plan
        .filter(({ name }) => name !== department)
        .map(({ name, places }) => ({
          name,
          act: () => move(moveTo(plan, id, { department: name, index: places.length })),
        })),
    },
    {
      entries: [
        opens
          ? { name: 'No editorial', act: () => open(null) }
          : { name: 'Let it open the issue', act: () => open(id) },
        ...others.map((other) => ({
          name: `Move to ${other.name}`,
          act: () => moveToIssue(other.id),
        })),
        { name: 'Take out of the issue', act: takeOut },
      ],
    },
  ];
}

/** What can be done with a department besides its name. */
export function departmentMenu(
  plan: Plan,
  index: number,
  change: (next: Plan) => void,
): MenuEntry[] {
  const one = plan[index];
  if (!one) return [];
  return [
    {
      name: 'Move up',
      act: () => change(moveDepartment(plan, one.name, index - 1)),
      not: index === 0 && 'It is the first.',
    },
    {
      name: 'Move down',
      act: () => change(moveDepartment(plan, one.name, index + 2)),
      not: index === plan.length - 1 && 'It is the last.',
    },
    {
      name: 'Remove',
      act: () => change(removeDepartment(plan, one.name)),
      not: one.places.length > 0 && 'Articles stand in it.',
    },
  ];
}
