/** Typefaces that mail programs have: none is fetched, so that the letter looks everywhere as it was written. */
export const MAIL_FONTS = ['sans', 'serif', 'verdana', 'trebuchet', 'times', 'courier'] as const;
export type MailFont = (typeof MAIL_FONTS)[number];

export const FONT_STACKS: Record<MailFont, string> = {
  sans: "Inter, 'Helvetica Neue', Arial, sans-serif", serif: "Georgia, 'Times New Roman', serif", verdana: 'Verdana, Geneva, sans-serif', trebuchet: "'Trebuchet MS', Tahoma, sans-serif",
  times: "'Times New Roman', Times, serif", courier: "'Courier New', Courier, monospace",
};
