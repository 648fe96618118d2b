import type { BulkAction } from '#components/dashboard/article/bulk-choice.tsx';
import { accesses } from '#lib/articles/rules.ts';
import { parseInput } from '#lib/input.ts';
import type { BulkChange } from '#lib/publishing/bulk.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { assignmentInput } from '#lib/workflow/input.ts';
import {
  type Colleague,
  handleOf,
  stageNames,
  stages,
  taskNames,
  tasks,
} from '#lib/workflow/rules.ts';

const accessNames = { free: 'Everybody', gated: 'Who has the issue' };

/** What the actor may do to many articles at once; each article is held to the rules once more by its own command. */
export function bulkActions(
  actor: Actor,
  sections: readonly { id: string; name: string }[],
  colleagues: readonly Colleague[],
): BulkAction[] {
  const topic = { kind: 'text', name: 'topic', label: 'Topic' } as const;
  return [
    {
      value: 'section',
      label: 'Set the section',
      inputs: [
        {
          kind: 'select',
          name: 'sectionId',
          label: 'Section',
          options: [
            ...sections.map(({ id, name }) => ({ value: id, label: name })),
            { value: '', label: 'none' },
          ],
        },
      ],
    },
    { value: 'add-topic', label: 'Add a topic', inputs: [topic] },
    { value: 'remove-topic', label: 'Remove a topic', inputs: [topic] },
    {
      value: 'access',
      label: 'Set who may read',
      inputs: [
        {
          kind: 'select',
          name: 'access',
          label: 'Who may read all of it',
          options: accesses.map((value) => ({ value, label: accessNames[value] })),
        },
      ],
    },
    {
      value: 'stage',
      label: 'Move to a stage',
      inputs: [
        {
          kind: 'select',
          name: 'to',
          label: 'Stage',
          options: stages.map((value) => ({ value, label: stageNames[value] })),
        },
      ],
    },
    ...(may(actor, 'articles.assign') ? [assigning(colleagues)] : []),
    ...(may(actor, 'articles.publish')
      ? [
          { value: 'publish', label: 'Publish', inputs: [], grave: true },
          { value: 'unpublish', label: 'Take off the site', inputs: [], grave: true },
        ]
      : []),
    { value: 'delete', label: 'Delete drafts for good', inputs: [], grave: true },
  ];
}

/** What the form asks for; `null` for what is not known or lacks something, with the field's name in `missing`. */
export function bulkChange(
  what: string,
  field: (name: string) => string,
): { change: BulkChange } | { missing: string } {
  const topic = field('topic').trim().slice(0, 60);
  switch (what) {
    case 'section':
      return { change: { kind: 'section', sectionId: field('sectionId') || null } };
    case 'access': {
      const access = accesses.find((known) => known === field('access'));
      return access ? { change: { kind: 'access', access } } : { missing: 'Choose who may read.' };
    }
    case 'add-topic':
    case 'remove-topic':
      return topic ? { change: { kind: what, topic } } : { missing: 'Name the topic.' };
    case 'publish':
    case 'unpublish':
    case 'delete':
      return { change: { kind: what } };
    case 'stage': {
      const to = stages.find((known) => known === field('to'));
      return to ? { change: { kind: 'stage', to } } : { missing: 'Choose a stage.' };
    }
    case 'assign': {
      const given = { userId: field('userId'), task: field('task'), dueOn: field('dueOn') };
      const assignment = parseInput(assignmentInput, given);
      if (!assignment.ok) return { missing: Object.values(assignment.fields ?? {}).join(' ') };
      return { change: { kind: 'assign', assignment: assignment.value } };
    }
    default:
      return { missing: 'Choose what to do.' };
  }
}

function assigning(colleagues: readonly Colleague[]): BulkAction {
  const people = colleagues.map((person) => ({
    value: person.userId,
    label: handleOf(person, colleagues),
  }));
  const work = tasks.map((value) => ({ value, label: taskNames[value] }));
  return {
    value: 'assign',
    label: 'Give to somebody',
    inputs: [
      { kind: 'select', name: 'userId', label: 'Who', options: people },
      { kind: 'select', name: 'task', label: 'What', options: work },
      { kind: 'date', name: 'dueOn', label: 'Until' },
    ],
  };
}
