/** What goes on without this process, should an interrupt not wait for it any longer: a script that stops an engine. */

const under = new Set<string>();

/** @param what as `the private engine is still stopping` */
export async function endsByItself<T>(what: string, work: Promise<T>): Promise<T> {
  under.add(what);
  try {
    return await work;
  } finally {
    under.delete(what);
  }
}

/** What does so now. */
export const endingByItself = (): readonly string[] => [...under];
