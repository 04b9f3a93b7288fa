/** What an address in an e-mail may be: without the schema, so that a page may ask before the editor is loaded. */

/** On the web, by mail or telephone, or one that a variable holds. */
export const HREF = /^(https?:\/\/[^\s"<>]+|mailto:[^\s"<>]+|tel:[+\d][\d ()-]*|\{\{ *(links|event|variables)\.[\w.-]+ *\}\})$/;
export const LONGEST_HREF = 2_000;

/** Whether a reader may follow it. */
export const isHref = (text: string): boolean => text.length <= LONGEST_HREF && HREF.test(text);
