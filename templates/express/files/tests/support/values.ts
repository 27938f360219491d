/** Values for rows and bodies: another one for each number, always the same for the same. */

import * as fc from 'fast-check';

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAYS = 10_000;

/** Gives a text of so many characters. */
export function text(number: number, least: number, most: number): string {
  return number
    .toString(36)
    .padStart(Math.max(least, Math.min(4, most)), '0')
    .slice(0, most === 0 ? 0 : undefined)
    .slice(-most);
}

/** Gives a text of a form: the longest of some that are drawn, so that two are hardly the same. */
export function matching(number: number, least: number, most: number, pattern: RegExp): string {
  const drawn = fc.sample(fc.stringMatching(pattern), { seed: number, numRuns: 100 });
  const fitting = drawn.filter((each) => {
    const length = Array.from(each).length;
    return length >= least && length <= most && !each.includes('\0');
  });
  const [longest] = fitting.sort((one, other) => other.length - one.length);
  if (longest === undefined) {
    throw new Error(`nothing of ${String(least)} to ${String(most)} characters was drawn for ${pattern.source}`);
  }
  return longest;
}

export function email(number: number): string {
  return `person-${String(number)}@example.com`;
}

export function url(number: number): string {
  return `https://example.com/${String(number)}`;
}

export function float(number: number, least: number, most: number): number {
  return least + (most - least) * ((number % 100) / 100);
}

/** Gives an exact number; its ends are told in units of its last digit. */
export function decimal(number: number, least: bigint, most: bigint, scale: number): string {
  const first = least > 0n || most < 0n ? least : 0n;
  const units = first + (BigInt(number) % (most - first + 1n));
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
}

export function day(number: number): string {
  return new Date(FIRST_DAY + (number % DAYS) * DAY_MS).toISOString().slice(0, 10);
}

export function moment(number: number): string {
  return `${new Date(FIRST_DAY + number * 1000).toISOString().slice(0, 19)}Z`;
}
