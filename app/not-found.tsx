/** No page has this address. */
import { NoPage } from '#components/ui/no-page.tsx';

export default function NotFound() {
  return <NoPage />;
}
