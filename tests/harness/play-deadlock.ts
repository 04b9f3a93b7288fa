/** A deadlock in which the other side is given up. Postgres gives up whoever looks first, a second after it began to wait; on a slow machine that may be the test, and then the scene is played again. */
const MOST_TIMES = 5;

/** Plays a scene until it was not the test's own transaction that was given up; `time` counts from 1. */
export async function playDeadlock<T>(scene: (time: number) => Promise<T>): Promise<T> {
  for (let time = 1; ; time += 1) {
    try {
      return await scene(time);
    } catch (error) {
      if (time === MOST_TIMES || !(error instanceof Error && 'code' in error && error.code === '40P01')) throw error;
    }
  }
}
