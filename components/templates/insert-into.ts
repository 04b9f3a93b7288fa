/** Writes into a field where its cursor stands, and leaves the cursor behind what was written. Answers the whole text. */
export function insertInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): string {
  const start = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? start;
  queueMicrotask(() => {
    field.focus();
    field.setSelectionRange(start + text.length, start + text.length);
  });
  return field.value.slice(0, start) + text + field.value.slice(end);
}
