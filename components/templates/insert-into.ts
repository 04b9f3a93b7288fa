/** Writes into a field where its cursor stands, and leaves the cursor behind what was written, or between the quotes of its fallback. Answers the whole text. */
export function insertInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): string {
  const start = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? start;
  const cursor = start + (text.includes('""') ? text.indexOf('""') + 1 : text.length);
  queueMicrotask(() => {
    field.focus();
    field.setSelectionRange(cursor, cursor);
  });
  return field.value.slice(0, start) + text + field.value.slice(end);
}
