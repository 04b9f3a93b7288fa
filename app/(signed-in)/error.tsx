'use client';
/** A page has stopped: the frame around it stays, and it can be tried again. */
import { BrokenPage } from '#components/ui/broken-page.tsx';

export default function PageStopped({ reset }: { reset: () => void }) {
  return <BrokenPage onRetry={reset} />;
}
