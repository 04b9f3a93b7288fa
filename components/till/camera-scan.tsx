'use client';
/** Reads a QR or bar code with the camera: by the browser's own reader where it has one, else by ours, fetched only now. What the camera sees leaves the device never. */
import { Button, Modal } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import classes from '#components/till/till.module.css';

const LOOK_EVERY_MS = 150;
const FORMATS = ['qr_code', 'ean_13', 'ean_8', 'code_128', 'code_39', 'upc_a', 'itf', 'data_matrix', 'aztec', 'pdf417'] as const;
type Reader = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type Native = { new (options: { formats: string[] }): Reader; getSupportedFormats: () => Promise<string[]> };
type Trouble = 'refused' | 'none' | 'failed';

async function openReader(): Promise<Reader> {
  const native = 'BarcodeDetector' in window ? (window.BarcodeDetector as Native) : null;
  const known = native ? await native.getSupportedFormats().catch(() => []) : [];
  if (native && known.includes('qr_code') && known.includes('ean_13')) return new native({ formats: FORMATS.filter((format) => known.includes(format)) });
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
  prepareZXingModule({ overrides: { locateFile: () => '/till-reader.wasm' } });
  return new BarcodeDetector({ formats: [...FORMATS] });
}

const troubleOf = (error: unknown): Trouble => (!(error instanceof DOMException) ? 'failed' : error.name === 'NotAllowedError' ? 'refused' : error.name === 'NotFoundError' || error.name === 'OverconstrainedError' ? 'none' : 'failed');

export function CameraScan({ onScan, onClose }: { onScan: (text: string) => void; onClose: () => void }) {
  const t = useTranslations('till.camera');
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [attempt, setAttempt] = useState(0);
  const scan = useRef(onScan);
  scan.current = onScan;
  useEffect(() => {
    let over = false;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (reader: Reader): Promise<void> => {
      const [found] = video.current && video.current.readyState >= 2 ? await reader.detect(video.current).catch(() => []) : [];
      if (over) return;
      if (found?.rawValue) scan.current(found.rawValue);
      else timer = setTimeout(() => void look(reader), LOOK_EVERY_MS);
    };
    const begin = async (): Promise<void> => {
      if (!navigator.mediaDevices) return setTrouble('none');
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
      if (over || !video.current) return stream.getTracks().forEach((track) => track.stop());
      video.current.srcObject = stream;
      await video.current.play();
      await look(await openReader());
    };
    setTrouble(null);
    begin().catch((error: unknown) => { if (!over) setTrouble(troubleOf(error)); });
    return () => {
      over = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [attempt]);
  return (
    <Modal opened onClose={onClose} title={t('title')} closeButtonProps={{ 'aria-label': t('close') }}>
      {trouble ? (
        <div style={{ display: 'grid', gap: 12 }} role="alert">
          <p style={{ margin: 0 }}>{t(`trouble.${trouble}`)}</p>
          <Button variant="default" onClick={() => setAttempt(attempt + 1)}>{t('again')}</Button>
        </div>
      ) : (
        <>
          <div className={classes.lens}><video ref={video} muted playsInline aria-label={t('picture')} /></div>
          <p className="quiet" role="status">{t('hold')}</p>
        </>
      )}
    </Modal>
  );
}
