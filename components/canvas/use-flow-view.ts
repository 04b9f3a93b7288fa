'use client';
/** What part of the canvas is seen: all of a short journey at first, and whatever was asked for, with the keyboard on it. */
import { useNodesInitialized, useReactFlow } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { CARD_WIDTH } from './layout.ts';

const SHOW_FRAMES = 40;
export const FIT = { maxZoom: 1, padding: 0.14 } as const;
/** Below this nothing can be read: a longer journey begins at its entry instead. */
const READABLE_ZOOM = 0.7;

/** The first view: all of a short journey, the top of a long one. */
export function useFirstView(): void {
  const { fitView, getNodes, getNodesBounds, setViewport } = useReactFlow();
  const ready = useNodesInitialized();
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
    if (!ready || seen || !pane) return;
    setSeen(true);
    const { width, height } = getNodesBounds(getNodes());
    if (Math.min(pane.width / width, pane.height / height) > READABLE_ZOOM) void fitView(FIT);
    else void setViewport({ x: pane.width / 2 - (CARD_WIDTH / 2) * READABLE_ZOOM, y: 32, zoom: READABLE_ZOOM });
  }, [ready, seen, fitView, getNodes, getNodesBounds, setViewport]);
}

/** Brings what was asked for into view, and the keyboard to it. */
export function useShowSelected(): void {
  const { setCenter, getZoom, getNode } = useReactFlow();
  const store = useCanvasStore();
  const requests = useCanvas((state) => state.showRequests);
  useEffect(() => {
    if (requests === 0) return;
    // A new card is there, measured and visible, only some frames later.
    let frame = 0;
    const show = (left: number): void => {
      const [id] = store.getState().selected;
      const card = document.querySelector<HTMLElement>(`.react-flow [data-card="${id}"]`);
      const node = id === undefined ? undefined : getNode(id);
      const isDrawn = card !== null && getComputedStyle(card).visibility !== 'hidden';
      if (!isDrawn && left > 0) {
        if (node && left === SHOW_FRAMES - 10) void setCenter(node.position.x + CARD_WIDTH / 2, node.position.y + 60, { zoom: Math.max(getZoom(), 0.6) });
        frame = requestAnimationFrame(() => show(left - 1));
        return;
      }
      const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
      const box = card?.getBoundingClientRect();
      const isInside = box && pane && box.top >= pane.top && box.bottom <= pane.bottom - 40 && box.left >= pane.left && box.right <= pane.right;
      if (node && !isInside) void setCenter(node.position.x + CARD_WIDTH / 2, node.position.y + 60, { zoom: Math.max(getZoom(), 0.6), duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150 });
      // Who works in the outline or in a form stays there.
      if (store.getState().working === 'canvas' && !document.activeElement?.closest('[data-inspector]')) card?.focus({ preventScroll: true });
    };
    frame = requestAnimationFrame(() => show(SHOW_FRAMES));
    return () => cancelAnimationFrame(frame);
  }, [requests, setCenter, getZoom, getNode, store]);
}
