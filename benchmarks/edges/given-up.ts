/** Calls that change the engine and were not waited for any longer, after an interrupt: nobody knows what became of them. */

const calls = new Set<string>();

/** @param call as `POST /containers/create` */
export const giveUp = (call: string): void => void calls.add(call);

/** Those so far. */
export const givenUp = (): readonly string[] => [...calls];
