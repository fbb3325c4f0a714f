/**
 * Waits for all, also when one fails: what the others are about must be over before anything is cleaned up.
 * @throws the first failure
 */
export async function settleAll<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(work);
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}
