/** The part of mjml 5 that engine/compile-template.ts uses; the package carries no types. https://documentation.mjml.io/#inside-node-js */
declare module 'mjml' {
  export type MjmlOptions = {
    validationLevel?: 'strict' | 'soft' | 'skip';
    /** `<mj-include>` would read files. */
    ignoreIncludes?: boolean;
    minify?: boolean;
    keepComments?: boolean;
    /** Web fonts by name; the default list loads from Google. */
    fonts?: Record<string, string>;
  };
  export default function mjml2html(source: string, options?: MjmlOptions): Promise<{ html: string; errors: { line: number; message: string; tagName: string }[] }>;
}
