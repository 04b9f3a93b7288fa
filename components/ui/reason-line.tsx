'use client';
/** Why something did or did not happen: one sentence with its figures, and the way to the rule. */
import { Anchor } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import Link from 'next/link';
import { useReasonSentence, type ReasonData } from '#components/reason-sentence.ts';
import classes from '#components/ui/ui.module.css';

export function Reason({ reason, rule }: { reason: ReasonData; rule?: { href: string; label: string } }) {
  const sentence = useReasonSentence();
  return (
    <span className={classes.reason}>
      <IconInfoCircle size={16} stroke={1.6} aria-hidden />
      <span>{sentence(reason)}{rule && <> <Anchor component={Link} href={rule.href} size="sm" underline="always">{rule.label}</Anchor></>}</span>
    </span>
  );
}
