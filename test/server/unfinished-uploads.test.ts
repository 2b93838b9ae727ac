import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex, type Hash } from '#shared/article';
import {
  openUploads,
  uploadFiles,
  type UploadBody,
  type Uploads,
} from '../../src-server/assets/index.ts';
import { anId } from '../helpers/articles.ts';

const PERSON = anId();
const PICTURE = sha256Hex('a picture');

let folder: string;
let uploads: Uploads;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-uploads-'));
  uploads = openUploads(uploadFiles(folder), Date.now);
});
afterEach(() => rm(folder, { recursive: true }));

const begin = async (length: number, hash: Hash = PICTURE) =>
  (await uploads.begin({ person: PERSON, hash, length })).id;

/** Bytes behind which the line stays silent, until it is stopped. */
function silentBehind(text: string): UploadBody & { stopped: boolean } {
  const silence = Promise.withResolvers<null>();
  const body = {
    stopped: false,
    stop() {
      body.stopped = true;
      silence.resolve(null);
    },
    whole: () => !body.stopped,
    async *[Symbol.asyncIterator]() {
      yield Buffer.from(text);
      await silence.promise;
    },
  };
  return body;
}

describe('an unfinished upload', () => {
  it('is ended for whoever comes back while its line seems to go on', async () => {
    const id = await begin(10);
    const body = silentBehind('abc');
    const upload = await uploads.find(id, PERSON);
    const first = uploads.append(id, upload, body, () => Promise.resolve());
    const broken = expect(first).rejects.toMatchObject({ code: 'malformed' });
    expect(await uploads.find(id, PERSON)).toMatchObject({ offset: 3, length: 10 });
    expect(body.stopped).toBe(true);
    await broken;
  });

  it('is ended also where the one before it was ended for it', async () => {
    const id = await begin(10);
    const upload = await uploads.find(id, PERSON);
    const [first, second] = [silentBehind('abc'), silentBehind('def')];
    const finish = () => Promise.resolve();
    const one = uploads.append(id, upload, first, finish).catch(() => undefined);
    const other = uploads.append(id, { ...upload, offset: 3 }, second, finish).catch(() => 0);
    first.stop();
    await one;
    expect(await uploads.find(id, PERSON)).toMatchObject({ offset: 6 });
    expect(second.stopped).toBe(true);
    await other;
  });

  it('is another one where it is to have another length', async () => {
    const wrong = await begin(10);
    const right = await begin(12);
    expect(await uploads.find(wrong, PERSON)).toMatchObject({ length: 10 });
    expect(await uploads.find(right, PERSON)).toMatchObject({ length: 12 });
  });

  it('is cleaned away where its note cannot be understood', async () => {
    const id = await begin(10);
    const kept = await begin(12);
    await writeFile(join(folder, `${id}.json`), '{}');
    expect(await uploads.clean()).toBe(1);
    expect((await readdir(folder)).every((name) => name.startsWith(kept))).toBe(true);
  });
});
