'use client';
/** A filter that lives in the address: it survives a reload and can be sent to somebody. Never for anything personal. */
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

export function useAddressParam(name: string): [string, (value: string) => void] {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const set = useCallback((value: string) => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    router.replace(next.size > 0 ? `${pathname}?${next}` : pathname, { scroll: false });
  }, [name, pathname, router, search]);
  return [search.get(name) ?? '', set];
}
