/** Why the process can't start or go on, in one line for the operator. The process ends with `exitCode`. */
export class BootError extends Error {
  override name = 'BootError';
  readonly exitCode: number;

  constructor(
    message: string,
    { exitCode = 1, cause }: { exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}
