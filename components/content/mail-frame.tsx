'use client';
/** An e-mail as its reader sees it: in a frame without scripts, whose links are handed to the page, and without the pixel that would count an opening. */
import { useEffect, useRef, useState } from 'react';
import { withoutSite } from '#domain/images/image-facts.ts';
import classes from '#components/content/content.module.css';

/** Pictures of the library come from this very site, which is not on https everywhere. */
const policyOf = (origin: string): string => `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src https: data: ${origin}; style-src 'unsafe-inline' https:; font-src https: data:">`;
const PIXEL = /<img\b[^>]*\bsrc="[^"]*\/o\/[^"]*"[^>]*>/gi;
const SMALLEST_PX = 160;

/** The document for the frame: the policy stands before anything that could load. */
const frameDocument = (html: string): string => {
  const seen = withoutSite(html.replace(PIXEL, ''));
  const policy = policyOf(typeof window === 'undefined' ? '' : window.location.origin);
  return /<head[^>]*>/i.test(seen) ? seen.replace(/<head[^>]*>/i, (head) => head + policy) : policy + seen;
};

export function MailFrame({ html, title, widthPx, onLink }: { html: string; title: string; widthPx?: number; onLink?: (address: string) => void }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(SMALLEST_PX);
  const follow = useRef(onLink);
  useEffect(() => {
    follow.current = onLink;
  });
  const loaded = (): void => {
    const inside = frame.current?.contentDocument;
    if (!inside) return;
    const fit = (): void => setHeight(Math.max(SMALLEST_PX, inside.documentElement.scrollHeight));
    fit();
    new ResizeObserver(fit).observe(inside.body);
    inside.addEventListener('click', (event) => {
      // The frame has its own Element, so it is asked by what it can do.
      const link = event.target !== null && 'closest' in event.target && typeof event.target.closest === 'function' ? (event.target.closest('a[href]') as HTMLAnchorElement | null) : null;
      if (!link) return;
      event.preventDefault();
      follow.current?.(link.href);
    });
  };
  // Without `allow-scripts` nothing in it can run; `allow-same-origin` lets the page read its height and its links.
  return (
    <div className={classes.mail} style={widthPx ? { width: widthPx, maxWidth: '100%', margin: '0 auto' } : undefined}>
      <iframe ref={frame} sandbox="allow-same-origin" srcDoc={frameDocument(html)} title={title} onLoad={loaded} style={{ height }} />
    </div>
  );
}
