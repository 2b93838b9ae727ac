import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { RandomBytes } from './ids.ts';

/**
 * Bytes that follow from `seed` alone, for ids on which computers agree that have not spoken with each other. Gives
 * up to 32 at a time, others each time; whoever knows the seed knows them, so they keep no secret.
 */
export function bytesDerivedFrom(seed: string): RandomBytes {
  let asked = 0;
  return (length) => {
    asked += 1;
    return sha256(utf8ToBytes(`${seed} ${asked}`)).slice(0, length);
  };
}
