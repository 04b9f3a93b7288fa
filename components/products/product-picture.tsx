'use client';
/** The picture of a product as a small square; an empty one where there is none or it does not load. */
import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';

export function ProductPicture({ source, size = 40 }: { source: string | null; size?: number }) {
  const [broken, setBroken] = useState<string | null>(null);
  const box = { width: size, height: size, flex: 'none', borderRadius: 4, border: '1px solid var(--line)', background: 'var(--sunken)', objectFit: 'contain' } as const;
  if (source && broken !== source) return <img src={source} alt="" width={size} height={size} loading="lazy" style={box} onError={() => setBroken(source)} />;
  return <span style={{ ...box, display: 'inline-flex', alignItems: 'center', justifyContent: 'center', color: 'var(--quiet)' }}><IconPhotoOff size={16} stroke={1.4} aria-hidden /></span>;
}
