/** Answers cut down to the members that were asked for. */

/** Gives the chosen members of an answer and always its key; all of it without a choice. */
export function chosen<Answer extends { readonly id: unknown }>(
  answer: Answer,
  fields: readonly (keyof Answer)[] | undefined,
): Partial<Answer> {
  if (fields === undefined) {
    return answer;
  }
  const wanted = new Set<PropertyKey>(['id', ...fields]);
  const kept = Object.entries(answer).filter(([name]) => wanted.has(name));
  return Object.fromEntries(kept) as Partial<Answer>;
}
