'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { Prove, type Prover } from './prove.tsx';

const Proof = createContext<(() => Promise<boolean>) | null>(null);

/**
 * Asks for the second factor over the page, and answers whether it was proved; the page stays as it is. `null` outside of
 * `ProofDialog`.
 */
export function useProof(): (() => Promise<boolean>) | null {
  return useContext(Proof);
}

/** Around everything whose forms may be asked for the second factor. `null` for who has none: nobody asks them. */
export function ProofDialog({ prover, children }: { prover: Prover | null; children: ReactNode }) {
  const [answer, setAnswer] = useState<((proved: boolean) => void) | null>(null);
  const ask = useCallback(() => new Promise<boolean>((resolve) => setAnswer(() => resolve)), []);
  const end = (proved: boolean) => {
    answer?.(proved);
    setAnswer(null);
  };
  return (
    <Proof value={prover ? ask : null}>
      {children}
      {prover && answer && <Dialog prover={prover} end={end} />}
    </Proof>
  );
}

function Dialog({ prover, end }: { prover: Prover; end: (proved: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        end(false);
      }}
      className="m-auto w-[min(26rem,calc(100vw-2rem))] border border-ink bg-paper p-6 text-ink backdrop:bg-black/50"
    >
      <h2 id={id} className="font-serif text-2xl leading-tight font-semibold">
        Confirm that it is you
      </h2>
      <p className="mt-2 mb-5 text-muted">
        For this you are asked again, so that nobody does it at a desk you left. Then it goes on by
        itself.
      </p>
      <Prove prover={prover} done={() => end(true)} />
      <button type="button" className="button button-quiet mt-4 w-full" onClick={() => end(false)}>
        Cancel
      </button>
    </dialog>
  );
}
