import type { BlockChoice } from '#components/editor/blocks.ts';

/**
 * The menu that “/” opens: a listbox beside the cursor, which stays in the text. The text says by `aria-activedescendant`
 * which option the arrow keys are at.
 */
export class SlashList {
  readonly dom = document.createElement('div');
  private choices: BlockChoice[] = [];
  private options: HTMLElement[] = [];
  private at = 0;
  private readonly id: string;
  private readonly text: HTMLElement;
  private readonly choose: (choice: BlockChoice) => void;

  constructor(text: HTMLElement, choose: (choice: BlockChoice) => void) {
    this.text = text;
    this.choose = choose;
    this.id = `${text.id || 'text'}-blocks`;
    this.dom.className = 'slash-menu';
    this.dom.id = this.id;
    this.dom.role = 'listbox';
    // It scrolls; Tab is the menu’s own as long as it is open.
    this.dom.tabIndex = 0;
    this.dom.ariaLabel = 'Insert';
    // The cursor stays in the text.
    this.dom.addEventListener('mousedown', (event) => event.preventDefault());
  }

  show(choices: BlockChoice[]): void {
    this.choices = choices;
    this.options = [];
    this.dom.hidden = choices.length === 0;
    this.dom.replaceChildren(...this.groups());
    this.activate(0);
  }

  /** Whether the key was the menu's. */
  onKey({ key }: KeyboardEvent): boolean {
    const last = this.choices.length - 1;
    if (last < 0) return false;
    const next = {
      ArrowDown: this.at === last ? 0 : this.at + 1,
      ArrowUp: this.at === 0 ? last : this.at - 1,
      PageDown: Math.min(this.at + 6, last),
      PageUp: Math.max(this.at - 6, 0),
    }[key];
    if (next !== undefined) this.activate(next);
    else if (key !== 'Enter' && key !== 'Tab') return false;
    else this.pick(this.at);
    return true;
  }

  remove(): void {
    for (const name of ['aria-activedescendant', 'aria-controls', 'aria-haspopup']) {
      this.text.removeAttribute(name);
    }
  }

  private pick(index: number): void {
    const choice = this.choices[index];
    if (choice) this.choose(choice);
  }

  private activate(index: number): void {
    this.options[this.at]?.setAttribute('aria-selected', 'false');
    this.at = index;
    const option = this.options[index];
    if (!option) {
      this.remove();
      return;
    }
    option.setAttribute('aria-selected', 'true');
    this.reveal(option);
    this.text.setAttribute('aria-haspopup', 'listbox');
    this.text.setAttribute('aria-controls', this.id);
    this.text.setAttribute('aria-activedescendant', option.id);
  }

  /** Scrolls the list alone: `scrollIntoView` would move the page as long as the list is not beside the cursor. */
  private reveal({ offsetTop, offsetHeight }: HTMLElement): void {
    const { scrollTop, clientHeight } = this.dom;
    if (offsetTop < scrollTop) this.dom.scrollTop = this.at === 0 ? 0 : offsetTop;
    const hidden = offsetTop + offsetHeight - scrollTop - clientHeight;
    if (hidden > 0) this.dom.scrollTop = scrollTop + hidden;
  }

  private groups(): HTMLElement[] {
    const groups = new Map<string, HTMLElement>();
    this.choices.forEach((choice, index) => {
      const group = groups.get(choice.group) ?? this.group(choice.group, groups.size);
      groups.set(choice.group, group);
      group.append(this.option(choice, index));
    });
    return [...groups.values()];
  }

  private group(name: string, index: number): HTMLElement {
    const group = document.createElement('div');
    const label = document.createElement('div');
    group.role = 'group';
    label.role = 'presentation';
    label.id = `${this.id}-group-${index}`;
    label.className = 'slash-group';
    label.textContent = name;
    group.setAttribute('aria-labelledby', label.id);
    group.append(label);
    return group;
  }

  private option({ name, typed }: BlockChoice, index: number): HTMLElement {
    const option = document.createElement('div');
    option.role = 'option';
    option.id = `${this.id}-${index}`;
    option.className = 'slash-option';
    option.textContent = name;
    option.setAttribute('aria-selected', 'false');
    if (typed) {
      const hint = document.createElement('span');
      hint.className = 'slash-typed';
      hint.ariaHidden = 'true';
      hint.textContent = typed;
      option.append(hint);
    }
    option.addEventListener('click', () => this.pick(index));
    this.options.push(option);
    return option;
  }
}
