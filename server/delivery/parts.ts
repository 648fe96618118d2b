/** Where a form in parts is being read: between its parts, behind a boundary, or in what stands above a part. */
type Place = 'part' | 'boundary' | 'head' | 'end';

const longestHead = 16 * 1024;

/**
 * Watches a form in parts go by and says whether one of its parts can't be read, so that its name is lost (RFC 7578, 4.2
 * and 4.8). Keeps no more of it than a part's head.
 */
export function watchParts(boundary: string): {
  push: (chunk: Buffer) => void;
  isGarbled: () => boolean;
} {
  const line = Buffer.from(`\r\n--${boundary}`);
  let place: Place = 'part';
  // The first boundary has no line before it.
  let left: Buffer = Buffer.from('\r\n');
  let garbled = false;

  const isOver = () => garbled || place === 'end';

  /** Goes one step on; false where more has to come first. */
  const step = (): boolean => {
    if (place === 'part') {
      const at = left.indexOf(line);
      if (at >= 0) {
        left = left.subarray(at + line.length);
        place = 'boundary';
        return true;
      }
      left = left.subarray(Math.max(0, left.length - line.length + 1));
      return false;
    }
    if (place === 'boundary') {
      if (left.length < 2) return false;
      const mark = left.toString('latin1', 0, 2);
      place = mark === '\r\n' ? 'head' : mark === '--' ? 'end' : 'part';
      if (place === 'head') left = left.subarray(2);
      return place !== 'end';
    }
    const end = place === 'head' ? left.indexOf('\r\n\r\n') : -1;
    if (end > longestHead || (end < 0 && left.length > longestHead)) garbled = true;
    if (end < 0) return false;
    if (!isHead(left.toString('latin1', 0, end))) garbled = true;
    // The line that ends the head may begin the next boundary.
    left = left.subarray(end + 2);
    place = 'part';
    return true;
  };

  return {
    push: (chunk) => {
      if (isOver()) return;
      left = left.length > 0 ? Buffer.concat([left, chunk]) : chunk;
      while (!garbled && step());
      // A piece of what came would hold all of it in memory.
      left = isOver() ? Buffer.alloc(0) : Buffer.from(left);
    },
    isGarbled: () => garbled,
  };
}

/** Lines that each have a name, and one that says which field of the form this is. */
function isHead(head: string): boolean {
  const lines = head.split('\r\n');
  return (
    lines.every((line) => /^[!#$%&'*+.^_`|~\w-]+:/.test(line)) &&
    lines.some((line) => /^content-disposition:\s*form-data\s*;.*\bname=/i.test(line))
  );
}
