/** Global setup of the projects that need Temporal. */
export default async function setup(): Promise<void> {}
