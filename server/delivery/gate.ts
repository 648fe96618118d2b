import { countRefusedRender } from '../watch/counters.ts';

/** Thrown where more is asked for than can be made in time. */
export class Busy extends Error {
  override name = 'Busy';
}

export type Gate = {
  /** Waits for a place, and answers how to leave it. Throws `Busy` where too many wait, or it took too long. */
  enter: () => Promise<() => void>;
  /** How many are in, and how many wait. */
  state: () => { running: number; waiting: number };
};

/** Lets so many do their work at a time and so many wait for it, each for at most `patience` milliseconds. */
export function gate(limits: { running: number; waiting: number; patience: number }): Gate {
  const queue = new Set<{ admit: () => void }>();
  let running = 0;
  const leave = () => {
    const [first] = queue;
    if (first) first.admit();
    else running -= 1;
  };
  /** A place can be left only once. */
  const place = () => {
    let left = false;
    return () => {
      if (!left) leave();
      left = true;
    };
  };
  return {
    enter: () => {
      if (running < limits.running) {
        running += 1;
        return Promise.resolve(place());
      }
      if (queue.size >= limits.waiting) {
        countRefusedRender();
        return Promise.reject(new Busy(`${queue.size} wait already`));
      }
      return new Promise((done, failed) => {
        const waiter = {
          admit: () => {
            clearTimeout(timer);
            queue.delete(waiter);
            done(place());
          },
        };
        const timer = setTimeout(() => {
          queue.delete(waiter);
          countRefusedRender();
          failed(new Busy(`waited ${limits.patience} ms`));
        }, limits.patience);
        queue.add(waiter);
      });
    },
    state: () => ({ running, waiting: queue.size }),
  };
}
