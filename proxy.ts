/** Gives each page a nonce: scripts run by it alone, never because they stand in the page. Style attributes are allowed, scripts in them cannot be. */
import { NextResponse, type NextRequest } from 'next/server';

/** The till alone may compile WebAssembly: its reader of codes, for browsers that have none. */
function policyOf(nonce: string, pathname: string): string {
  const evaluation = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : pathname === '/till' ? " 'wasm-unsafe-eval'" : '';
  return [
    "default-src 'self'", `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`, "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob: https:",
    "font-src 'self' data:", "connect-src 'self'", "frame-src 'self'", "worker-src 'self' blob:", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
  ].join('; ');
}

export default function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = policyOf(nonce, request.nextUrl.pathname);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-address', request.nextUrl.pathname + request.nextUrl.search);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('x-content-type-options', 'nosniff');
  return response;
}

/** Not the API (it buffers bodies), not files, not the customers' own pages, which set their own. */
export const config = { matcher: ['/((?!api/|_next/|i/|j/|l/|n/|o/|q/|u/|push-page|push-worker|healthz|readyz|favicon|till-reader|.*\\.(?:svg|png|ico|woff2)$).*)'] };
