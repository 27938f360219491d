/** Passwords: kept as Argon2id alone, with the parameters that OWASP names first. */

import { hash, verify } from '@node-rs/argon2';

/** Argon2id, in the numbering of the library, whose own enum is not there when modules are compiled alone. */
const ARGON2ID = 2;
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let absent: Promise<string> | undefined;

/** Gives what is kept of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), PARAMETERS);
}

/** Tells whether a password is the one; takes as long where there is no account to compare with. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  absent ??= hashPassword('nobody has this one');
  const same = await verify(kept ?? (await absent), password.normalize('NFKC'));
  return same && kept !== undefined;
}
