/** Whether the keyboard writes into a field, whose own keys then come first. */
export const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || (target instanceof HTMLInputElement ? !['checkbox', 'radio', 'button'].includes(target.type) : ['TEXTAREA', 'SELECT'].includes(target.tagName)));
