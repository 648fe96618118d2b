import { setTimeout as wait } from 'node:timers/promises';

/** One open line to a Node process that was started with `--inspect`. */
export type Inspector = {
  send: <T>(method: string, params?: Record<string, unknown>) => Promise<T>;
  close: () => void;
};

/** Connects to the inspector on this port of the machine. */
export async function inspect(port: number): Promise<Inspector> {
  const found = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await found.json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await new Promise((done, broken) => {
    socket.addEventListener('open', done, { once: true });
    socket.addEventListener('error', broken, { once: true });
  });
  const waiting = new Map<number, (result: never) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data));
    waiting.get(id)?.(result as never);
    waiting.delete(id);
  });
  let last = 0;
  const send = <T>(method: string, params: Record<string, unknown> = {}): Promise<T> => {
    last += 1;
    socket.send(JSON.stringify({ id: last, method, params }));
    const answered = new Promise<T>((done) => waiting.set(last, done));
    const late = wait(60_000, undefined, { ref: false }).then(() => {
      throw new Error(`The inspector did not answer ${method}`);
    });
    return Promise.race([answered, late]);
  };
  return { send, close: () => socket.close() };
}
