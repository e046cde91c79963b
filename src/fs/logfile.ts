import { createReadStream, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A log that cannot be read, in words for the user. */
export class LogUnreadable extends Error {}

const MAGIC: readonly (readonly [string, string, string])[] = [
  ['fd377a585a00', 'xz', 'xz -dc'],
  ['28b52ffd', 'zstd', 'zstd -dc'],
  ['425a68', 'bzip2', 'bzip2 -dc'],
  ['504b0304', 'zip', 'unzip -p'],
];

/**
 * A file's text in pieces, one UTF-16 unit per byte, gzip told by its first bytes and unpacked. Memory does not grow
 * with the file. Throws LogUnreadable.
 */
export async function readLogFile(path: string, shown: string, take: (text: string) => void): Promise<void> {
  let stats;
  try {
    stats = statSync(path);
  } catch (error) {
    throw new LogUnreadable(`cannot read ${shown}: ${reason(error)}`);
  }
  if (stats.isDirectory()) throw new LogUnreadable(`${shown} is a directory: name a log file in it`);
  await readLogStream(createReadStream(path, { highWaterMark: 256 * 1024 }), shown, take);
}

/** The same of a stream, as standard input is one. */
export async function readLogStream(
  stream: NodeJS.ReadableStream,
  shown: string,
  take: (text: string) => void,
): Promise<void> {
  const source = chunksOf(stream);
  try {
    const first = await source.next();
    if (first.done === true) return;
    const start = await atLeast(first.value, source);
    for (const [magic, name, unpack] of MAGIC) {
      if (!start.toString('hex', 0, 6).startsWith(magic)) continue;
      throw new LogUnreadable(`${shown} is packed with ${name}: ${unpack} ${shown} | nginx-ws-lint logs -`);
    }
    if (start[0] === 0x1f && start[1] === 0x8b) await unpack(start, source, shown, take);
    else await pass(start, source, take);
  } catch (error) {
    if (error instanceof LogUnreadable) throw error;
    throw new LogUnreadable(`cannot read ${shown}: ${reason(error)}`);
  }
}

async function* chunksOf(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  return undefined;
}

type Source = AsyncGenerator<Buffer, undefined>;

/** A pipe may hand over single bytes, and the magic needs six. */
async function atLeast(first: Buffer, source: Source): Promise<Buffer> {
  let start = first;
  while (start.length < 6) {
    const more = await source.next();
    if (more.done === true) break;
    start = Buffer.concat([start, more.value]);
  }
  return start;
}

async function pass(start: Buffer, source: Source, take: (text: string) => void): Promise<void> {
  take(start.toString('latin1'));
  for await (const chunk of source) take(chunk.toString('latin1'));
}

/** A log that is still being packed ends early: what was there counts, and the end is no error. */
async function unpack(start: Buffer, source: Source, shown: string, take: (text: string) => void): Promise<void> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const fed = feed(gunzip, start, source);
  fed.catch((error: unknown) => gunzip.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    for await (const chunk of gunzip) take((chunk as Buffer).toString('latin1'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') return;
    throw new LogUnreadable(`cannot unpack ${shown}: ${reason(error)}`);
  }
}

async function feed(gunzip: NodeJS.WritableStream, start: Buffer, source: Source): Promise<void> {
  await write(gunzip, start);
  for await (const chunk of source) await write(gunzip, chunk);
  gunzip.end();
}

function write(to: NodeJS.WritableStream, chunk: Buffer): Promise<void> | void {
  if (to.write(chunk)) return;
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'close', 'error']) to.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) to.on(event, done);
  });
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'permission denied';
  return code ?? message;
}
