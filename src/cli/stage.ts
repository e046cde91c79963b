/** Names the stage in which an unexpected error happened, for the block that asks to report it. */
export function during<Result>(stage: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && !('stage' in error) && error.name !== 'UsageError') {
      Object.defineProperty(error, 'stage', { value: stage });
    }
    throw error;
  }
}
