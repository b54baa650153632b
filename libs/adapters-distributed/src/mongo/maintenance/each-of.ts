/** Works on so many at a time. The first failure ends it, once what is under way is over. */
export async function eachOf<Item>(
  items: AsyncGenerator<Item>,
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let next = await items.next(); !next.done && !failed; next = await items.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  for (const result of await Promise.allSettled(Array.from({ length: concurrency }, worker))) {
    if (result.status === 'rejected') throw result.reason;
  }
}
