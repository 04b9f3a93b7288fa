'use client';
/** Who is signed in and where, for every component inside the frame. `useCan` answers by the same table as the API. */
import { createContext, useContext, type ReactNode } from 'react';

export type SessionWorkspace = { id: string; slug: string; name: string; brand: string; kind: 'live' | 'sandbox'; currency: string; currencyExponent: number; timeZone: string; country: string; language: string; /** The live workspace that a sandbox tries things for. */ liveId: string | null };
export type Session = {
  user: { id: string; name: string; email: string };
  workspace: SessionWorkspace;
  /** Every workspace that the person may change to, this one included. */
  workspaces: { id: string; name: string; brand: string; kind: 'live' | 'sandbox'; liveId: string | null; role: string }[];
  role: string;
  scopes: readonly string[];
  /** The stores of a merchant; null for everybody else. */
  stores: { id: string; externalId: string; name: string; city: string | null }[] | null;
  /** The paired till that this device is; nobody is signed in then. */
  till?: { id: string; name: string; storeName: string; /** Somebody is signed in in this browser too. */ hasAccount: boolean };
};

const Context = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context.Provider value={session}>{children}</Context.Provider>;
}

/** Throws outside the signed-in pages. */
export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('This part belongs inside the signed-in pages.');
  return session;
}

export const useCan = (scope: string): boolean => useSession().scopes.includes(scope);
